import { expect, test } from 'vitest';
import { waitingFor } from '../../../local/server/waiting.ts';

/** Something to catch up with that ends when the test says so, and who went on meanwhile. */
const asked = (most: number) => {
  const ends: (() => void)[] = [];
  const wait = waitingFor(() => new Promise<void>((resolve) => void ends.push(resolve)), most);
  const wentOn: string[] = [];
  const ask = (who: string) => void wait().then(() => wentOn.push(who));
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { ends, wentOn, ask, settled };
};

test('few who ask at once wait until all that is due has happened', async () => {
  const { ends, wentOn, ask, settled } = asked(2);
  ask('ann');
  ask('ben');
  await settled();
  expect(wentOn).toEqual([]);
  for (const end of ends) end();
  await settled();
  expect(wentOn).toEqual(['ann', 'ben']);
});

test('a crowd waits for nothing, those who came first no more than the others, until that is done', async () => {
  const { ends, wentOn, ask, settled } = asked(2);
  for (const who of ['ann', 'ben', 'cara', 'dan']) ask(who);
  await settled();
  expect(wentOn.sort()).toEqual(['ann', 'ben', 'cara', 'dan']);
  for (const end of ends) end();
  await settled();
  ask('eve');
  await settled();
  expect(wentOn).not.toContain('eve');
  ends.at(-1)?.();
  await settled();
  expect(wentOn).toContain('eve');
});
