import { assignedTherapist, dosingNeeds, encounterNeeds, encounterOf } from '../../domain/appointments/needs.ts';
import { estimateDueOn } from '../../domain/billing/good-faith-estimate.ts';
import type { Proposals } from '../../domain/booking/candidates.ts';
import { checkPair, type Pair, proposePairs } from '../../domain/booking/propose-pairs.ts';
import { checkSlot, proposeSlots, type Slot } from '../../domain/booking/propose-slots.ts';
import { type Appointment, isStanding } from '../../domain/journey/appointment.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import type { AppointmentKind } from '../../domain/names.ts';
import { laterOf, plus } from '../../domain/time/instants.ts';
import { atLocal, localDate, plusDays } from '../../domain/time/local.ts';
import { appointments, cycles, journeyPartition } from '../journey-rows.ts';
import { appointmentsOf, book, noteAppointment } from './appointment-acts.ts';
import type { Desk } from './desk.ts';
import { startDetached } from './detached.ts';
import { HORIZON_DAYS, readDiaries } from './diaries.ts';
import { unlawfulAtHome } from './remote-order.ts';

/** Booked, or why not. */
export type Booked<T> = { readonly booked: T } | { readonly refused: string };

const said = (reasons: readonly { reason: string; detail: string }[]): string =>
  reasons.length === 0 ? 'no time is free' : reasons.map(({ reason, detail }) => `${reason} (${detail})`).join('; ');

type WhenAsked = {
  readonly startsAt?: string | undefined;
  readonly notBefore?: string;
  readonly ignoring?: readonly string[];
  readonly notice?: boolean;
};

/** The days of the patient's doses, where the program keeps the rest of such a day free. */
const restDays = async (desk: Desk): Promise<string[]> => {
  if (desk.program.dosing.restOfDay !== true) return [];
  const doses = (await appointmentsOf(desk, 'dosing')).filter((each) => isStanding(each) || each.state === 'attended');
  return doses.map(({ startsAt }) => localDate(startsAt, desk.clinic.zone));
};

/** What an encounter needs, whose diaries count, and from when on it is looked for. */
const slotSearch = async (desk: Desk, kind: AppointmentKind, when: WhenAsked) => {
  const needs = encounterNeeds(kind, desk.program, desk.clinic, desk.journey);
  const asked = when.startsAt;
  const earliest = laterOf(when.notBefore ?? desk.now, when.notice === false ? desk.now : plus(desk.now, needs.notice));
  const resources = [
    ...needs.needs.flatMap(({ anyOf }) => anyOf.map(({ id }) => id)),
    ...(needs.rooms ?? []).map(({ id }) => id),
  ];
  const diaries = await readDiaries(desk, resources, asked ?? earliest, when.ignoring);
  return { search: { ...needs, ...diaries, restDays: await restDays(desk) }, earliest };
};

/** The first times that are free for an encounter, and why those before were refused. */
export const slotProposals = async (
  desk: Desk,
  kind: AppointmentKind,
  when: WhenAsked,
  limit: number,
): Promise<Proposals<Slot>> => {
  const { search, earliest } = await slotSearch(desk, kind, when);
  return proposeSlots({
    ...search,
    notBefore: earliest,
    horizonDays: HORIZON_DAYS,
    grid: desk.clinic.booking.grid,
    limit,
  });
};

/** The slot that was asked for, or the first that is free. */
export const findSlot = async (desk: Desk, kind: AppointmentKind, when: WhenAsked): Promise<Booked<Slot>> => {
  if (when.startsAt !== undefined) {
    const { search } = await slotSearch(desk, kind, when);
    const checked = checkSlot({ ...search, startsAt: when.startsAt, notBefore: desk.now });
    return checked.feasible ? { booked: checked.found } : { refused: said(checked.reasons) };
  }
  const { proposals, refusals } = await slotProposals(desk, kind, when, 1);
  const first = proposals[0];
  return first === undefined ? { refused: said(refusals.slice(0, 3)) } : { booked: first };
};

/** Books a consult, a preparation or an integration at the asked time or the first that is free. */
export const bookEncounter = async (
  desk: Desk,
  kind: AppointmentKind,
  when: WhenAsked & { readonly cycle?: number },
): Promise<Booked<Appointment>> => {
  const found = await findSlot(desk, kind, when);
  if ('refused' in found) return found;
  const { modality } = encounterOf(kind, desk.program);
  const appointment = await book(desk, {
    kind,
    slot: found.booked,
    modality,
    ...(when.cycle !== undefined && { cycle: when.cycle }),
  });
  noteAppointment(desk, appointment, 'booked');
  return { booked: appointment };
};

type PairAsked = {
  readonly dosingStartsAt?: string | undefined;
  readonly integrationStartsAt?: string | undefined;
  readonly ignoring?: readonly string[];
  /** Doses that do not count for spacing, because they are the ones being moved. */
  readonly cycle: number;
  readonly notice?: boolean;
  readonly notBefore?: string;
};

/** What a dose with its integration needs, whose diaries count, and from when on; undefined while no therapist is assigned. */
const pairSearch = async (desk: Desk, asked: PairAsked) => {
  const { program, clinic, journey } = desk;
  const therapist = assignedTherapist(clinic, journey);
  if (therapist === undefined) return undefined;
  const dosing = dosingNeeds(program, clinic, journey);
  const encounter = encounterNeeds('integration', program, clinic, journey);
  const all = await desk.list(cycles, journeyPartition(journey.id), 'cycle#');
  const doses = all
    .filter(({ number, startedAt }) => number !== asked.cycle && startedAt !== null)
    .map(({ startedAt }) => startedAt ?? '');
  const ahead = asked.notice === false ? desk.now : plus(desk.now, program.dosing.notice);
  const earliest = laterOf(ahead, asked.notBefore ?? ahead);
  const resources = [
    therapist.id,
    ...dosing.needs.flatMap(({ anyOf }) => anyOf.map(({ id }) => id)),
    ...[...(dosing.rooms ?? []), ...(encounter.rooms ?? [])].map(({ id }) => id),
  ];
  const from = asked.dosingStartsAt ?? earliest;
  const diaries = await readDiaries(desk, resources, from < desk.now ? desk.now : from, asked.ignoring);
  const needs = {
    ...diaries,
    dosing,
    integration: {
      therapist,
      duration: program.integration.duration,
      window: program.integration.window,
      ...(encounter.rooms && { rooms: encounter.rooms }),
    },
    spacing: program.series.spacing,
    doses,
    previousDoseAt: doses.toSorted().at(-1),
    grid: clinic.booking.grid,
  };
  return { search: needs, earliest };
};

const NO_THERAPIST = { reason: 'no-practitioner', detail: 'no therapist is assigned' } as const;

/** The first doses that can be booked with their integration, and why those before were refused. */
export const pairProposals = async (desk: Desk, asked: PairAsked, limit: number): Promise<Proposals<Pair>> => {
  const found = await pairSearch(desk, asked);
  if (found === undefined) {
    const from = asked.notBefore ?? desk.now;
    return { proposals: [], refusals: [{ ...NO_THERAPIST, startsAt: from, lastStartsAt: from }] };
  }
  return proposePairs({ ...found.search, notBefore: found.earliest, horizonDays: HORIZON_DAYS, limit });
};

/** A feasible dose with its integration: the one asked for, or the first; or every reason against it, the law's on its day too. */
export const findPair = async (desk: Desk, asked: PairAsked): Promise<Booked<Pair>> => {
  const found = await freePair(desk, asked);
  if ('refused' in found) return found;
  const unlawful = await unlawfulAtHome(desk, found.booked.dosing.startsAt);
  return unlawful === null ? found : { refused: `remote-allowed (${unlawful})` };
};

const freePair = async (desk: Desk, asked: PairAsked): Promise<Booked<Pair>> => {
  const found = await pairSearch(desk, asked);
  if (found === undefined) return { refused: said([NO_THERAPIST]) };
  if (asked.dosingStartsAt !== undefined) {
    const checked = checkPair({
      ...found.search,
      notBefore: desk.now,
      dosingStartsAt: asked.dosingStartsAt,
      integrationStartsAt: asked.integrationStartsAt,
    });
    return checked.feasible ? { booked: checked.found } : { refused: said(checked.reasons) };
  }
  const { proposals, refusals } = proposePairs({
    ...found.search,
    notBefore: found.earliest,
    horizonDays: HORIZON_DAYS,
    limit: 1,
  });
  const first = proposals[0];
  return first === undefined ? { refused: said(refusals.slice(0, 5)) } : { booked: first };
};

/** One written estimate for the series, where the patient pays for the dose: due by how far ahead it was booked (45 CFR 149.610). */
const askForEstimate = async (desk: Desk, dosing: Appointment): Promise<void> => {
  const { program, clinic, library, now } = desk;
  if (!program.billing.some((each) => each.step === 'dosing' && each.class === 'private-pay')) return;
  const booking = { bookedOn: localDate(now, clinic.zone), serviceOn: localDate(dosing.startsAt, clinic.zone) };
  const on = estimateDueOn(
    { coverage: 'insured-not-used', booking, askedOn: null },
    library.care().billing,
    clinic.holidays,
  );
  if (on === null) return;
  await startDetached(desk, { kind: 'good-faith-estimate', dueAt: atLocal(plusDays(on, 1), '00:00', clinic.zone) });
};

/** Books a dose and its integration in one write; neither is ever there without the other. */
export const bookPair = async (
  desk: Desk,
  cycle: Cycle,
  asked: Omit<PairAsked, 'cycle'>,
): Promise<Booked<{ dosing: Appointment; integration: Appointment }>> => {
  const found = await findPair(desk, { ...asked, cycle: cycle.number });
  if ('refused' in found) return found;
  const { dosing: dose, integration: owed } = found.booked;
  const first = await book(desk, { kind: 'dosing', slot: dose, modality: desk.journey.modality, cycle: cycle.number });
  const second = await book(desk, {
    kind: 'integration',
    slot: owed,
    modality: desk.program.integration.modality,
    cycle: cycle.number,
  });
  const dosing: Appointment = { ...first, pairedWith: second.id };
  const integration: Appointment = { ...second, pairedWith: first.id };
  desk.put(appointments, dosing);
  desk.put(appointments, integration);
  noteAppointment(desk, dosing, 'booked');
  noteAppointment(desk, integration, 'booked');
  desk.put(cycles, { ...cycle, dosingAppointmentId: dosing.id, integrationAppointmentId: integration.id });
  if (cycle.number === 1) await askForEstimate(desk, dosing);
  return { booked: { dosing, integration } };
};
