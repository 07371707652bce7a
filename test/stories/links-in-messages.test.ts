import { describe, expect, test } from 'vitest';
import { gsm7Length, SMS_LENGTH } from '../../functions/domain/messages/gsm7.ts';
import { oneMachine } from '../../local/clinic/one-machine.ts';
import { rehearse } from '../../local/rehearsal/run.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';

/** As long as an address may be. */
const ADDRESS = 'https://my.cedar-clinics.example';

const told = async (scenario: object, address?: string) => {
  const read = await readScenario({ program: 'northwest-iv', ...scenario });
  const machine = (options: Parameters<typeof oneMachine>[0]) =>
    oneMachine({ ...options, ...(address !== undefined && { address }) });
  return (await rehearse(read, machine)).result;
};
const withoutTexts = (entries: readonly object[]) => entries.map((entry) => ({ ...entry, text: undefined }));

describe.each([
  ['in English', {}],
  ['in Spanish', { patient: { language: 'es' } }],
  [
    'with somebody in crisis',
    { commands: [{ after: 'dose', plus: 'P1D', command: 'report-crisis', by: { role: 'patient', id: 'patient' } }] },
  ],
])('a journey whose messages hold links, %s', (_, scenario) => {
  test('is the same journey: the same messages to the same people at the same moments, in other words', async () => {
    const [plain, linked] = [await told(scenario), await told(scenario, ADDRESS)];
    expect(withoutTexts(linked.entries)).toEqual(withoutTexts(plain.entries));
    expect(JSON.stringify(plain)).not.toContain('/l/');
    expect(linked.invariants.every(({ held }) => held)).toBe(true);
  });

  test('shows no link in its timeline, and no text is longer than one SMS', async () => {
    const { entries } = await told(scenario, ADDRESS);
    const texts = entries.flatMap((entry) =>
      entry.kind === 'message' && entry.event === 'sent' ? [{ channel: entry.channel, text: entry.text ?? '' }] : [],
    );
    const linked = texts.filter(({ text }) => text.includes(ADDRESS));
    expect(linked.length).toBeGreaterThan(5);
    for (const { channel, text } of linked) {
      expect(text).toContain(`${ADDRESS}/l/...`);
      const asDelivered = text.replace('/l/...', `/l/${'x'.repeat(22)}`);
      if (channel === 'sms') expect(gsm7Length(asDelivered)).toBeLessThanOrEqual(SMS_LENGTH);
    }
  });

  test('is told in the same bytes again', async () => {
    const [one, two] = [await told(scenario, ADDRESS), await told(scenario, ADDRESS)];
    expect(JSON.stringify(one)).toBe(JSON.stringify(two));
  });
});
