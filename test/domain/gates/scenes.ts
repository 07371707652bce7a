import { parseAdverseEventRules } from '../../../functions/domain/adverse-events/rules.ts';
import { type Clinic, parseClinic } from '../../../functions/domain/clinic/clinic.ts';
import { parseDosingDay } from '../../../functions/domain/dosing/dosing-day.ts';
import { evaluateGate } from '../../../functions/domain/gates/evaluate-gate.ts';
import { healthyCheckIn, healthyDischarge } from '../../../functions/domain/gates/healthy.ts';
import type { Scene } from '../../../functions/domain/gates/scene.ts';
import type { Appointment } from '../../../functions/domain/journey/appointment.ts';
import type { Cycle } from '../../../functions/domain/journey/cycle.ts';
import type { Clearance, Journey } from '../../../functions/domain/journey/journey.ts';
import type { CheckId, GateKind } from '../../../functions/domain/names.ts';
import { type Program, parseProgram } from '../../../functions/domain/program/program.ts';
import { HEALTHY_FACTS } from '../../../functions/domain/screening/facts.ts';
import { programFile } from '../program/files.ts';

export const PROGRAM: Program = parseProgram(programFile('northwest-iv.json'));
export const DOSING_DAY = parseDosingDay(programFile('care/dosing-day.json'));
const ADVERSE_EVENTS = parseAdverseEventRules(programFile('care/adverse-events.json'));
export const CLINIC: Clinic = parseClinic(programFile('clinic/clinic.json'));

/** Wednesday 1 April 2026, 09:00 in Los Angeles: the appointment starts; check-in ten minutes later, the drug at 09:15. */
export const STARTS = '2026-04-01T16:00:00.000Z';
export const NOW = '2026-04-01T16:10:00.000Z';
/** The dose as planned: from 09:15 to 10:45. */
export const ENDED = '2026-04-01T17:45:00.000Z';

export const clearance = (kind: Clearance['kind'], over: Partial<Clearance> = {}): Clearance => ({
  kind,
  by: 'provider-1',
  at: '2026-03-10T17:00:00.000Z',
  validUntil: '2026-06-08T17:00:00.000Z',
  route: 'iv',
  setting: 'clinic',
  voidedAt: null,
  ...over,
});

export const journey = (over: Partial<Journey> = {}): Journey => ({
  id: 'j1',
  patientId: 'p1',
  program: { id: 'northwest-iv', version: 1 },
  zone: 'America/Los_Angeles',
  language: 'en',
  modality: 'in-person',
  requestedAt: '2026-03-02T17:00:00.000Z',
  phase: 'series',
  phaseSince: '2026-03-20T17:00:00.000Z',
  ending: null,
  outcome: null,
  stopped: null,
  therapist: 'therapist-11',
  partner: 'partner-1',
  ownTherapist: false,
  chaperone: 'named',
  chaperoneSince: null,
  route: null,
  holds: [],
  clearances: [clearance('medical'), clearance('psychological')],
  consents: {
    sms: true,
    email: true,
    treatment: true,
    privacy: true,
    ride: true,
    telehealth: true,
    shareWithPartner: true,
    shareWithOwnTherapist: true,
  },
  consentsSignedAt: '2026-03-12T17:00:00.000Z',
  planSignedBy: ['therapist', 'patient', 'provider'],
  liverTest: null,
  costAcknowledgedAt: '2026-03-12T17:00:00.000Z',
  preparations: 1,
  preparedAt: '2026-03-20T17:00:00.000Z',
  dosesPlanned: 6,
  seriesStage: 0,
  seriesEndedAt: null,
  continuing: null,
  unreached: 0,
  smsStopped: false,
  overrides: [],
  screening: {
    disposition: 'eligible',
    reasons: [],
    notes: [],
    rulesetVersion: 'kap-screening@1',
    reviewRole: null,
    at: '2026-03-05T17:00:00.000Z',
  },
  ...over,
});

export const cycle = (over: Partial<Cycle> = {}): Cycle => ({
  journeyId: 'j1',
  number: 3,
  dosingAppointmentId: 'dosing-3',
  integrationAppointmentId: 'integration-3',
  orderedAt: '2026-03-31T17:00:00.000Z',
  check: healthyCheckIn(NOW, PROGRAM),
  checkedInAt: NOW,
  startedAt: null,
  endedAt: null,
  result: null,
  dischargedAt: null,
  againstAdvice: false,
  debt: null,
  integration: null,
  reviewed: false,
  responseReviewed: false,
  integrationsHeld: 0,
  ...over,
});

const debt = (state: 'owed' | 'overdue' | 'settled' | 'waived') => ({
  state,
  owedAt: NOW,
  window: null,
  settledAt: null,
  by: null,
  reason: null,
  earlierOwed: false,
});

/** A dose of the past with its integration in a state. */
export const past = (
  number: number,
  startedAt: string,
  state: 'owed' | 'overdue' | 'settled' | 'waived' = 'settled',
): Cycle => cycle({ number, startedAt, endedAt: startedAt, result: 'given', debt: debt(state), check: null });

export const appointment = (
  kind: Appointment['kind'],
  startsAt: string,
  over: Partial<Appointment> = {},
): Appointment => ({
  journeyId: 'j1',
  id: `${kind}-3`,
  kind,
  occurrence: 3,
  revision: 1,
  state: 'booked',
  startsAt,
  endsAt: startsAt,
  practitioners: [],
  room: 'room-1',
  location: 'main',
  modality: 'in-person',
  cycle: 3,
  pairedWith: null,
  claims: [],
  messages: [],
  ...over,
});

/** The third dose of a patient with whom everything is as it should be, at check-in. */
export const scene = (over: Partial<Scene> = {}): Scene => ({
  now: NOW,
  program: PROGRAM,
  care: { dosingDay: DOSING_DAY, adverseEvents: ADVERSE_EVENTS },
  clinic: CLINIC,
  journey: journey(),
  cycle: cycle(),
  cycles: [past(1, '2026-03-24T16:15:00.000Z'), past(2, '2026-03-27T16:15:00.000Z')],
  dosing: appointment('dosing', STARTS),
  integration: appointment('integration', '2026-04-02T18:00:00.000Z'),
  facts: HEALTHY_FACTS,
  fit: { openToReflection: true, willAttendIntegration: true },
  inPersonEvaluatedOn: '2026-03-02',
  measuresDue: [],
  therapistLicensed: true,
  safetyEvents: [],
  screeningReview: { role: null, answer: null },
  integrationAskedFor: false,
  discharge: undefined,
  ...over,
});

/** The same scene with answers of the dosing-day check changed; an answer of `undefined` is missing. */
export const answering = (answers: Record<string, unknown>, over: Partial<Scene> = {}): Scene => {
  const check: Record<string, unknown> = { ...healthyCheckIn(over.now ?? NOW, PROGRAM), ...answers };
  for (const [key, value] of Object.entries(check)) if (value === undefined) delete check[key];
  return scene({ ...over, cycle: { ...(over.cycle ?? cycle()), check: check as Cycle['check'] } });
};

/** The scene at discharge, an hour after the recorded end, with answers changed. */
export const discharging = (answers: Record<string, unknown> = {}, over: Partial<Scene> = {}): Scene => {
  const discharge: Record<string, unknown> = { ...healthyDischarge(PROGRAM), ...answers };
  for (const [key, value] of Object.entries(discharge)) if (value === undefined) delete discharge[key];
  const started = cycle({ startedAt: '2026-04-01T16:15:00.000Z', endedAt: ENDED, result: 'given' });
  return scene({ now: '2026-04-01T18:45:00.000Z', cycle: started, discharge, ...over });
};

/** The settings of the program's dosing, gates and so on, changed. */
export const program = (over: Partial<Program>): Program => ({ ...PROGRAM, ...over });

/** A program whose gate asks one check alone. */
export const asking = (gate: GateKind, check: CheckId, base: Program = PROGRAM): Program => ({
  ...base,
  gates: { ...base.gates, [gate]: [check] },
});

/** The clinic with policy switches changed. */
export const policy = (over: Partial<Clinic['policy']>): Clinic => ({
  ...CLINIC,
  policy: { ...CLINIC.policy, ...over },
});

/** What one check of a gate says, as if the gate asked nothing else. */
export const found = (gate: GateKind, check: CheckId, given: Scene) =>
  evaluateGate(gate, { ...given, program: asking(gate, check, given.program) });
