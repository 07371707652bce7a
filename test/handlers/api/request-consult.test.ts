import { describe, expect, it, vi } from 'vitest';
import { ConsultRequest } from '../../../functions/contracts/consult-request.ts';
import { step } from '../../../functions/handlers/api/request-consult.ts';
import { released } from '../../contracts-released/released.ts';
import { journeysThat } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

const [first] = released('handlers/request-consult');
const request = ConsultRequest.parse(first);

/** The ids under which requests reach the store. */
const idsOf = async (...requests: readonly unknown[]): Promise<string[]> => {
  const requestConsult = vi.fn(async ({ journeyId }: { journeyId: string }) => ({
    accepted: true as const,
    journeyId,
  }));
  for (const each of requests) await call(step, { journeys: journeysThat({ requestConsult }) }, each);
  return requestConsult.mock.calls.map(([{ journeyId }]) => journeyId);
};

describe('A consult request', () => {
  it('begins a journey with everything that was asked, and answers its id', async () => {
    const requestConsult = vi.fn(async ({ journeyId }: { journeyId: string }) => ({
      accepted: true as const,
      journeyId,
    }));
    const answer = await call(step, { journeys: journeysThat({ requestConsult }) }, request);
    const asked = requestConsult.mock.calls[0]?.[0];
    expect(asked).toEqual({ ...request, journeyId: expect.stringMatching(/^j[0-9a-f]{12}$/) });
    expect(answer).toEqual({ accepted: true, journeyId: asked?.journeyId });
  });

  it('is the same journey when it comes again, also with what was corrected meanwhile', async () => {
    const ids = await idsOf(request, structuredClone(request), { ...request, firstName: 'Alexandra', mobile: null });
    expect(new Set(ids).size).toBe(1);
  });

  it('is another journey for another patient, and for another request of the same', async () => {
    const ids = await idsOf(request, { ...request, patientId: 'patient-2' }, { ...request, requestId: 'request-2' });
    expect(new Set(ids).size).toBe(3);
  });

  it('makes an id that tells nothing of the patient', async () => {
    const [id] = await idsOf({ ...request, patientId: 'ana-souza', requestId: 'crisis' });
    expect(id).not.toMatch(/ana|souza|crisis/);
  });

  it('is answered with the reason when the patient has a journey already', async () => {
    const refused = { accepted: false as const, reason: 'the patient already has an open journey' };
    const journeys = journeysThat({ requestConsult: async () => refused });
    await expect(call(step, { journeys }, request)).resolves.toEqual(refused);
  });

  it.each<[string, object, string]>([
    ['no id of its own', { requestId: '' }, 'requestId (too_small)'],
    ['an id that is a letter', { requestId: 'x'.repeat(101) }, 'requestId (too_big)'],
    ['a journey id of its own choosing', { journeyId: 'j1' }, 'input (unrecognized_keys)'],
    ['a language that the clinic does not write', { language: 'tlh' }, 'language (invalid_value)'],
    ['a consent that is not known', { consents: { ...request.consents, party: true } }, 'consents (unrecognized_keys)'],
    ['a number without its country', { mobile: '206-555-0123' }, 'mobile (custom)'],
    ['a number that is text', { mobile: 'call me\r\nBcc: x' }, 'mobile (custom)'],
    ['an address that is none', { email: 'nobody@' }, 'email (custom)'],
    ['a chaperone’s number that is none', { chaperone: { name: 'Sam', mobile: '12' } }, 'chaperone.mobile (custom)'],
    ['a place without a clock', { zone: 'Mars/Base' }, 'zone (custom)'],
    ['a chaperone without a number', { chaperone: { name: 'Sam' } }, 'chaperone.mobile (invalid_type)'],
  ])('is refused with %s', async (_case, wrong, message) => {
    const error = await refusalOf(call(step, { journeys: journeysThat({}) }, { ...request, ...wrong }));
    expect(error).toMatchObject({ name: 'BadInput', message: `request-consult: ${message}` });
  });

  it('is another journey wherever the same letters part into patient and request', async () => {
    const ids = await idsOf(
      { ...request, patientId: 'a/b', requestId: 'c' },
      { ...request, patientId: 'a', requestId: 'b/c' },
    );
    expect(new Set(ids).size).toBe(2);
  });

  it('is refused without repeating what somebody wrote for the name of an answer', async () => {
    const facts: unknown = JSON.parse('{"Ana Souza, +1 206 555 0123": 1e999}');
    const error = await refusalOf(call(step, { journeys: journeysThat({}) }, { ...request, facts }));
    expect(error.name).toBe('BadInput');
    expect(error.message).not.toMatch(/Ana|206/);
  });
});
