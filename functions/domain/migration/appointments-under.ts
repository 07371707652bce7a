import { encounterOf } from '../appointments/needs.ts';
import { isLicensed, personOf } from '../clinic/roster.ts';
import type { Scene } from '../gates/scene.ts';
import { isSpaced } from '../gates/standing.ts';
import type { Appointment } from '../journey/appointment.ts';
import type { Cycle } from '../journey/cycle.ts';
import type { AppointmentKind } from '../names.ts';
import type { Program } from '../program/program.ts';
import { plus, toMs } from '../time/instants.ts';
import { localDate, plusLocal } from '../time/local.ts';
import { liesAhead, type Move } from './move.ts';

/** What becomes of a booked appointment: it stays as it is, or is planned anew for what the other version asks. */
export type AppointmentChange = {
  readonly id: string;
  readonly kind: AppointmentKind;
  readonly startsAt: string;
  readonly becomes: 'stays' | 'planned-anew';
  readonly because: readonly string[];
};

/** When the drug of a dose ends, and how long the session takes in all. */
const sessionOf = ({ dosing }: Program, startsAt: string) => {
  const drugEndsAt = plus(plus(startsAt, dosing.before), dosing.duration);
  const endsAt = plus(drugEndsAt, dosing.observation);
  return { drugEndsAt, minutes: (toMs(endsAt) - toMs(startsAt)) / 60_000 };
};

const inTheRoom = ({ dosing }: Program): string =>
  [...dosing.roles].sort().join(', ') + (dosing.therapistPresent === 'two' ? ', two therapists' : '');

const dose = ({ before, after }: Move, { startsAt, room }: Appointment): string[] => {
  const [was, is] = [before.program, after.program];
  const [lasted, lasts] = [sessionOf(was, startsAt).minutes, sessionOf(is, startsAt).minutes];
  const kit = after.clinic.rooms.find(({ id }) => id === room)?.kit ?? [];
  const lacking = room === null ? [] : is.dosing.kit.filter((item) => !kit.includes(item));
  return [
    ...(lasted === lasts ? [] : [`it takes ${lasts} minutes in all, not ${lasted}`]),
    ...(inTheRoom(was) === inTheRoom(is) ? [] : [`others are in the room: ${inTheRoom(is)}`]),
    ...(lacking.length === 0 ? [] : [`its room has no ${lacking.join(', ')}`]),
    ...(isSpaced(after, startsAt) ? [] : ['it comes too soon after the dose before']),
  ];
};

const encounter = ({ before, after }: Move, { kind }: Appointment): string[] => {
  if (kind === 'provider-review' && after.program.providerReview === undefined) return [];
  const [was, is] = [encounterOf(kind, before.program), encounterOf(kind, after.program)];
  return [
    ...(was.duration === is.duration ? [] : [`it takes ${is.duration}, not ${was.duration}`]),
    ...(was.role === is.role ? [] : [`it is the ${is.role}'s, not the ${was.role}'s`]),
    ...(was.modality === is.modality ? [] : [`it is ${is.modality}, not ${was.modality}`]),
  ];
};

/** The window of an integration that belongs to a dose which is still to come; a dose that was given keeps its own. */
const outsideWindow = ({ program, clinic }: Scene, dosing: Appointment, integration: Appointment): string[] => {
  const { opens, closes } = program.integration.window;
  const { drugEndsAt } = sessionOf(program, dosing.startsAt);
  const [first, last] = [plusLocal(drugEndsAt, opens, clinic.zone), plusLocal(drugEndsAt, closes, clinic.zone)];
  return integration.startsAt >= first && integration.startsAt <= last
    ? []
    : [`it lies outside the window of ${opens} to ${closes} after the dose`];
};

const unlicensed = ({ program, clinic }: Scene, { practitioners, startsAt }: Appointment): string[] => {
  if (!program.integration.licensed) return [];
  const expired = practitioners.some((id) => {
    const person = personOf(clinic, id);
    return person === undefined || !isLicensed(person, localDate(startsAt, clinic.zone));
  });
  return expired ? ['it asks for a licence that is in force on that day'] : [];
};

const reasons = (move: Move, appointment: Appointment, cycle: Cycle | undefined): string[] => {
  if (appointment.kind === 'dosing') return dose(move, appointment);
  if (appointment.kind !== 'integration') return encounter(move, appointment);
  const dosing = move.appointments.find(({ id }) => id === cycle?.dosingAppointmentId);
  const toCome = dosing !== undefined && cycle?.startedAt === null;
  return [
    ...encounter(move, appointment),
    ...(toCome ? outsideWindow(move.after, dosing, appointment) : []),
    ...(move.from.integration.licensed ? [] : unlicensed(move.after, appointment)),
  ];
};

/** What becomes of every appointment that is booked and has not begun. A dose and its integration are planned anew together. */
export const appointmentsUnder = (move: Move): AppointmentChange[] => {
  const { now, cycles } = move.before;
  const ahead = move.appointments
    .filter((each) => liesAhead(each, now))
    .map((appointment) => {
      const cycle = cycles.find(({ number }) => number === appointment.cycle);
      return { appointment, cycle, because: reasons(move, appointment, cycle) };
    });
  return ahead.map(({ appointment: { id, kind, startsAt, pairedWith }, cycle, because }) => {
    const pair = cycle?.startedAt === null ? ahead.find((each) => each.appointment.id === pairedWith) : undefined;
    const moves = because.length > 0 || (pair?.because.length ?? 0) > 0;
    return { id, kind, startsAt, becomes: moves ? 'planned-anew' : 'stays', because };
  });
};
