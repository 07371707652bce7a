import type { Program } from '../../../functions/domain/program/program.ts';
import { roleOf } from '../../../functions/domain/program/staffing.ts';
import { capital } from '../../rehearsal/phrases.ts';
import { plain } from '../../rehearsal/words.ts';
import { MODALITY_NAMES, ROUTE_NAMES, roleName, SETTING_NAMES, slugs, the } from '../names.ts';
import { ahead, all, counted, said, span } from '../wording.ts';

type Dosing = Program['dosing'];

const fast = ({ solidsHours, clearLiquidsHours }: Dosing['fasting']): string =>
  `no solid food for ${counted(solidsHours, 'hour')} and no clear liquids for ${counted(clearLiquidsHours, 'hour')} before it`;

type Limits = NonNullable<Dosing['doseLimits']>;

const compared = ({ min, max, unit }: Limits): string => `compared with ${min} to ${max} ${unit}`;

const alternative = ({
  route,
  duration,
  observation,
  fasting,
  doseLimits,
}: NonNullable<Dosing['alternatives']>[number]): string =>
  `It may also be given ${ROUTE_NAMES[route]}: ${span(duration)}, then ${span(observation)} of observation, ${fast(fasting)}${doseLimits === undefined ? '' : `, the order ${compared(doseLimits)}`}.`;

const DRUGS = { racemic: 'Ketamine', esketamine: 'Esketamine' } as const;

const THERAPISTS = {
  none: 'No therapist is in the room during the dose.',
  one: 'A therapist stays with the patient throughout the dose.',
  two: 'Two therapists stay with the patient throughout the dose.',
} as const;

const medicine = ({ drug, route, doseBand, doseLimits, setting, modality, remoteAllowed }: Dosing): string[] =>
  said(
    `${DRUGS[drug]} is given ${ROUTE_NAMES[route]}, ${SETTING_NAMES[setting]}, ${MODALITY_NAMES[modality]}.`,
    remoteAllowed
      ? 'A dose away from the clinic is possible where the clinic’s own policy allows it.'
      : 'A dose is never given away from the clinic.',
    doseBand !== undefined && `The dose is ${plain(doseBand)}.`,
    doseLimits !== undefined && `The prescriber’s order is ${compared(doseLimits)}; the system never computes a dose.`,
  );

const day = (dosing: Dosing): string[] =>
  said(
    `It takes ${span(dosing.duration)}, after ${span(dosing.before)} of getting ready; then the patient is watched for at least ${span(dosing.observation)}.`,
    `Between the check-in’s questions and the last look before the drug lie ${span(dosing.settle)}. A dose may begin up to ${span(dosing.lateAtMost)} late; later it is another day.`,
    `It is ${ahead(dosing.notice)}.`,
    dosing.restOfDay === true && 'The patient has no other appointment on that day, and rests.',
    dosing.restOfDay === false && 'The patient may have another appointment on that day.',
    dosing.quiet
      ? 'From check-in to discharge the patient gets no message and no form.'
      : 'The patient may get messages and forms during the session.',
  );

const people = (dosing: Dosing): string[] =>
  said(
    `In the room: ${all(dosing.roles.map(roleName))}. ${capital(the(dosing.supervisor))} supervises.`,
    THERAPISTS[dosing.therapistPresent],
    dosing.chaperone === 'required'
      ? 'The patient names an adult who takes them home.'
      : 'The patient may name an adult who takes them home.',
    dosing.kit.length > 0 && `The room has: ${slugs(dosing.kit).join(', ')}.`,
    dosing.bring !== undefined && dosing.bring.length > 0 && `The patient brings: ${slugs(dosing.bring).join(', ')}.`,
  );

export const dosing = (program: Program): string[] => [
  ...medicine(program.dosing),
  ...(program.dosing.alternatives ?? []).map(alternative),
  ...day(program.dosing),
  ...people(program.dosing),
  `The patient takes ${fast(program.dosing.fasting)}.`,
  `Each dose has an order of its own, which ${the(roleOf(program, 'dose-order'))} signs from ${span(program.dosing.orderAhead)} before the session on.`,
];

const READINGS: Readonly<Record<Program['monitoring']['readings'][number], string>> = {
  'blood-pressure': 'blood pressure',
  'heart-rate': 'heart rate',
  spo2: 'oxygen',
  'respiratory-rate': 'breathing rate',
  moaas: 'wakefulness (MOAA/S)',
  dissociation: 'dissociation',
};

const UNTIL = { baseline: 'the values are back where they were', discharge: 'discharge' } as const;

export const monitoring = ({ monitoring: { readings, baseline, during, after, alerts } }: Program): string[] =>
  said(
    `Read each time: ${readings.map((each) => READINGS[each]).join(', ')}.`,
    baseline ? 'The first reading is before the dose.' : 'There is no reading before the dose.',
    ...during.map(
      ({ from, every, until }) =>
        `From ${span(from) === span('PT0S') ? '' : `${span(from)} after `}the start of the dose until ${span(until)} after it: every ${span(every)}.`,
    ),
    `After the dose: every ${span(after.every)} until ${UNTIL[after.until]}.`,
    `The prescriber is told when blood pressure rises by ${alerts.sbpRise} (upper value) or ${alerts.dbpRise} (lower), or reaches ${alerts.sbp}/${alerts.dbp}; when oxygen is below ${alerts.spo2Below}%, there are fewer than ${alerts.respiratoryRateBelow} breaths a minute, or wakefulness is ${alerts.moaasAtMost} or less. A raised pressure is read again after ${span(alerts.recheckAfter)}.`,
  );

export const discharge = ({ dischargeLimits: limits, dischargeChecklist }: Program): string[] => [
  `The patient leaves with wakefulness (MOAA/S) at ${limits.moaas}, dissociation at most ${limits.dissociationAtMost}, a recovery score (Aldrete) of at least ${limits.aldreteAtLeast}, blood pressure within ${limits.bloodPressureWithin} of where it began or in range, and oxygen of at least ${limits.spo2AtLeast}%.`,
  'A licensed clinician ticks each of these, under the check that it belongs to:',
  ...dischargeChecklist.map(({ id, check, text }) => `  ${id} (${check}): ${text}`),
];
