import { personOf } from '../../functions/domain/clinic/roster.ts';
import { readingsDue } from '../../functions/domain/dosing/readings-due.ts';
import {
  type Answers,
  healthyCheckIn,
  healthyDischarge,
  healthyNextDay,
  withMissing,
} from '../../functions/domain/gates/healthy.ts';
import { measureAsked } from '../../functions/domain/measures/asked.ts';
import { isScreenerAtContact } from '../../functions/domain/tasks/ask.ts';
import type { Instant } from '../../functions/domain/time/instants.ts';
import { localDate } from '../../functions/domain/time/local.ts';
import { careRules } from '../../functions/stores/care-rules.ts';
import type { Person } from './engine.ts';
import type { Situation } from './people.ts';

/** The patient's total at this administration; the last one repeats. */
const total = ({ scenario, task, administrations }: Situation): Answers => {
  const measure = measureAsked(task.ask.about ?? '');
  if (measure === undefined) return {};
  const totals = scenario.patient.measures[measure];
  return { total: totals[administrations.get(measure) ?? 0] ?? totals.at(-1) ?? 0 };
};

const MOST_READINGS = 500;

/** What the nurse reads at every time that is due, of a patient with whom everything is as it should be. */
const readings = ({ scenario, cycle }: Situation, at: Instant): Answers[string] => {
  if (cycle?.startedAt == null) return [];
  const session = { startedAt: cycle.startedAt, endedAt: cycle.endedAt, closedAt: null };
  const due = readingsDue(scenario.program.monitoring, session, at).filter((each) => each > (cycle.endedAt ?? ''));
  // Nobody reads on for days where somebody records late, nor may a record hold more.
  return due
    .slice(0, MOST_READINGS)
    .map((each) => ({ at: each, sbp: 124, dbp: 78, heartRate: 72, spo2: 98, respiratoryRate: 14, moaas: 5 }));
};

/** Whom a coordinator finds: a therapist who is licensed and works, of the clinic before those of its partners. */
const foundTherapist = ({ scenario: { clinic } }: Situation, at: Instant): Answers => {
  const today = localDate(at, clinic.zone);
  const able = clinic.practitioners.filter(
    ({ roles, hours, licence }) =>
      roles.includes('therapist') &&
      (licence === undefined || licence.expiresOn >= today) &&
      Object.values(hours).some((spans) => (spans ?? []).length > 0),
  );
  const chosen = able.find(({ partner }) => partner === undefined) ?? able[0];
  return chosen === undefined ? {} : { therapist: chosen.id };
};

/** Rest changes nothing by itself: a pressure that is read again is what it was, unless a rule says otherwise. */
const pressureBefore = ({ task, cycle }: Situation): Answers => {
  if (task.ask.opensAt === undefined) return {};
  const { sbp, dbp } = cycle?.check ?? {};
  return { ...(sbp !== undefined && { sbp }), ...(dbp !== undefined && { dbp }) };
};

/** What a prescriber has in order who orders for a patient at home: licensed where the patient is, and the state's records looked at today. */
const prescribing = ({ scenario, journey }: Situation, at: Instant, { id }: Person): Answers => {
  const state = personOf(scenario.clinic, id)?.licence?.state;
  if (journey?.modality !== 'remote' || state === undefined) return {};
  return { prescribing: { patientState: state, monitoringCheckedOn: localDate(at, scenario.clinic.zone) } };
};

type Asked = { readonly at: Instant; readonly by: Person; readonly given: Answers };

/** What the patient says of thoughts of suicide: as their sheet has it, and since the last contact nothing of the kind. */
const screenerFacts = ({ scenario, task }: Situation): Answers => {
  const own = Object.entries(scenario.patient.facts).filter(([key]) => key.startsWith('cssrs_'));
  const none = own.map(([key]) => [key, key === 'cssrs_completed'] as const);
  return Object.fromEntries(isScreenerAtContact(task.ask) ? none : own);
};

const asItShouldBe = (situation: Situation, answer: string, { at, by, given }: Asked): Answers => {
  const { scenario, task, since, cycle } = situation;
  switch (task.kind) {
    case 'answer-measure':
      // Who answers item by item has no need of a total.
      return answer === 'answered' && given.answers === undefined ? total(situation) : {};
    case 'rescreen':
      return answer === 'answered' ? { facts: screenerFacts(situation) } : {};
    case 'dosing-day-check':
      return { ...healthyCheckIn(at, scenario.program), ...pressureBefore(situation) };
    case 'next-day-check-in':
      return healthyNextDay();
    case 'outcome-summary':
      return { done: careRules().followUp.completion.map(({ id }) => id) };
    case 'liver-test':
      return answer === 'recorded' ? { altAstXUln: scenario.patient.facts.alt_ast_x_uln ?? 1 } : {};
    case 'dose-order':
      return answer === 'ordered' ? prescribing(situation, at, by) : {};
    case 'discharge':
      return { ...(answer === 'discharged' && healthyDischarge(scenario.program)), readings: readings(situation, at) };
    case 'record-dose':
      return { startedAt: cycle?.startedAt ?? since, endedAt: at, readings: readings(situation, at) };
    case 'record-integration':
      return answer === 'done'
        ? Object.fromEntries(scenario.program.integration.template.map((field) => [field, 'noted']))
        : {};
    case 'place-patient':
      return answer === 'placed' ? foundTherapist(situation, at) : {};
    default:
      return {};
  }
};

/** What goes into the record with an answer: what the rule says, and what it leaves out as it should be. */
export const answerData = (
  situation: Situation,
  answer: string,
  at: Instant,
  by: Person,
  given: Answers = {},
): Answers => withMissing(given, asItShouldBe(situation, answer, { at, by, given }));
