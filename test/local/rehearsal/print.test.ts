import { expect, test } from 'vitest';
import { parseClinic } from '../../../functions/domain/clinic/clinic.ts';
import type { Entry } from '../../../functions/domain/journey/entry.ts';
import { costOf, machineryUsd } from '../../../local/rehearsal/cost.ts';
import { sentenceOf } from '../../../local/rehearsal/sentences.ts';
import clinicFile from '../../../programs/clinic/clinic.json' with { type: 'json' };

const reader = { clinic: parseClinic(clinicFile), zone: 'America/Los_Angeles' };
const at = '2026-03-20T17:00:00.000Z';
const order = { kind: 'task', task: 'dose-order', id: 't', occurrence: 1, role: 'provider' } as const;

test.each<[Entry, string]>([
  [
    { ...order, event: 'opened', dueAt: '2026-03-23T17:00:00.000Z' },
    'Provider is asked to order the dose, by Mon 23 Mar 10:00',
  ],
  [
    { ...order, event: 'escalated', toRole: 'medical-director' },
    'Nobody answered: medical director is now asked to order the dose',
  ],
  [
    { ...order, event: 'decided', answer: 'not-ordered', by: 'provider-1', reason: 'fever' },
    'Dose order: not ordered, by Dr. Priya Shah (fever)',
  ],
  [
    { kind: 'gate', gate: 'pre-dose', occurrence: 1, result: 'hold', checks: [{ id: 'DD-09', result: 'hold' }] },
    'Before the dose gate holds: DD-09',
  ],
  [
    {
      kind: 'gate',
      gate: 'booking',
      occurrence: 1,
      result: 'pass',
      checks: [{ id: 'spacing', result: 'overridden', by: ['provider-1'], reason: 'away' }],
    },
    'Booking gate passes: 1 check; spacing overridden by Dr. Priya Shah: away',
  ],
  [
    { kind: 'debt', cycle: 2, event: 'waived', by: 'therapist-11', reason: 'moved away' },
    'Dose 2: integration waived by Tariq Hassan (moved away)',
  ],
  [
    { kind: 'command', command: 'withdraw', by: { role: 'patient', id: 'patient' }, accepted: true },
    'Patient asks: withdraw, done',
  ],
  [
    { kind: 'safety', id: 's', type: 'crisis', event: 'paged', person: 'provider-2' },
    'Crisis: Dr. Peter Lund is paged',
  ],
  [{ kind: 'outcome', outcome: 'withdrawn', reason: 'asked' }, 'The patient withdrew (asked)'],
])('%j reads as a sentence', (entry, sentence) => {
  expect(sentenceOf({ at, local: '', ...entry }, reader)).toBe(sentence);
});

test('a reminder names whoever has the task by then', () => {
  const reminded = { at, local: '', ...order, event: 'nudged' } as const;
  expect(sentenceOf(reminded, reader)).toBe('Provider is reminded to order the dose');
  expect(sentenceOf(reminded, reader, 'medical-director')).toBe('Medical director is reminded to order the dose');
});

test('what a journey costs is its use at list prices, messages apart', () => {
  const cost = costOf({
    transitions: 300,
    lambdaInvocations: 0,
    reads: 0,
    writes: 0,
    schedules: 0,
    emails: 10,
    sms: 10,
  });
  expect(cost.usd).toMatchObject({ transitions: 0.0075, emails: 0.001, sms: 0.088, total: 0.0965 });
  expect(machineryUsd(cost)).toBe(0.0075);
});
