import { createServer } from 'node:http';
import { describe, expect, it, test } from 'vitest';
import { firewall } from '../../operations/doctor/checks/firewall.ts';
import { webhooks } from '../../operations/doctor/checks/webhooks.ts';
import type { Check } from '../../operations/doctor/finding.ts';
import { unreached } from '../../operations/doctor/unreached.ts';

/** Every finding as one line: its state and what it says. */
const lines = async (check: Check) => (await check.look()).map(({ state, says }) => `${state}: ${says}`);

const API = { api: 'dev-api', shield: 'dev-api', stage: 'dev' };
const EHR = [{ id: 'ehr', url: 'https://ehr.cedar.org/events' }];
const told = (count: number, reason?: string) => ({ undelivered: async () => count, unreached: async () => reason });

const cases: [string, Check, readonly unknown[]][] = [
  [
    'an API behind its firewall',
    firewall(API, {
      gateway: async () => ({ firewall: 'arn:aws:wafv2:us-west-2:111122223333:regional/webacl/dev-api/1' }),
    }),
    ['ok: dev-api stands before the API'],
  ],
  [
    'an API that stands open',
    firewall(API, { gateway: async () => ({ firewall: undefined }) }),
    [expect.stringMatching(/^to-do: none stands before the API dev-api; add its stage dev to the web ACL dev-api/)],
  ],
  [
    'no API',
    firewall(API, { gateway: async () => undefined }),
    ['to-do: the API dev-api is not there; deploy the stack'],
  ],

  ['a system that is told', webhooks(EHR, told(0)), ['ok: ehr can be reached']],
  ['no other system', webhooks([], told(0)), ['ok: no other system is told']],
  [
    'events that a system which has left the settings did not take',
    webhooks([], told(2)),
    ['to-do: 2 events were not taken; see docs/runbook.md, dead letters'],
  ],
  [
    'a system that is gone, and an event that it did not take',
    webhooks(EHR, told(1, 'ENOTFOUND')),
    [
      'to-do: 1 event was not taken; see docs/runbook.md, dead letters',
      'to-do: ehr cannot be reached from here (ENOTFOUND); ask its people, or correct settings.webhooks',
    ],
  ],
];

describe('The doctor looks at the firewall and at who is told:', () => {
  it.each(cases)('%s', async (_what, check, found) => {
    expect(await lines(check)).toEqual(found);
  });

  test('a system that answers anything is reached and told nothing; one that has gone is not', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(405).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/events`;
    expect(await unreached(url)).toBeUndefined();
    expect(asked).toEqual(['HEAD /events']);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await unreached(url)).toBe('ECONNREFUSED');
  });
});
