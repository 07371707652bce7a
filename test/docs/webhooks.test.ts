import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DomainEventData, EVENT_TYPES } from '../../functions/contracts/domain-events.ts';
import { signatureOf } from '../../functions/messengers/webhooks.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/webhooks.md'), 'utf8');
const [, happens = '', carries = ''] = /## What happens\n([\s\S]*?)\nEach carries([\s\S]*?)\n## /.exec(page) ?? [];
const firstColumn = (table: string): string[] =>
  [...table.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );

type IsOurs = (secret: string, headers: Record<string, string>, body: string, now?: number) => boolean;

describe('docs/webhooks.md', () => {
  test('lists every event that there is, and no other', () => {
    expect(firstColumn(happens).sort()).toEqual([...EVENT_TYPES].sort());
  });

  test('lists every field that an event carries', () => {
    expect(firstColumn(carries).sort()).toEqual(Object.keys(DomainEventData.shape).sort());
  });

  test('shows a receiver that takes what is signed, and nothing that was changed, signed by another or kept too long', async () => {
    const [, source = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
    const { isOurs } = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as { isOurs: IsOurs };
    const [secret, body, at] = [`whsec_${'Ab3'.repeat(21)}x`, '{"type":"phase-series"}', 1_772_470_805];
    const headers = {
      'webhook-id': 'j1-phase-series',
      'webhook-timestamp': String(at),
      'webhook-signature': signatureOf(secret, 'j1-phase-series', at, body),
    };
    expect(isOurs(secret, headers, body, at * 1000)).toBe(true);
    expect(isOurs(secret, headers, `${body} `, at * 1000)).toBe(false);
    expect(isOurs(`whsec_${'Zz9'.repeat(21)}x`, headers, body, at * 1000)).toBe(false);
    expect(isOurs(secret, headers, body, (at + 301) * 1000)).toBe(false);
  });
});
