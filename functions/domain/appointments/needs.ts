import type { Bookable } from '../booking/availability.ts';
import type { DosingNeeds } from '../booking/propose-pairs.ts';
import type { SlotNeeds } from '../booking/propose-slots.ts';
import type { Need } from '../booking/staffing.ts';
import type { Clinic } from '../clinic/clinic.ts';
import { holdersOf, ownHoldersOf, personOf } from '../clinic/roster.ts';
import type { Journey } from '../journey/journey.ts';
import type { AppointmentKind, PractitionerRole } from '../names.ts';
import type { Program } from '../program/program.ts';

/** Looking through more people than this for one booking helps nobody; the first free one of a few serves. */
const CANDIDATES = 6;

/** A number that spreads journeys evenly over many equal people and rooms. */
const spread = (text: string): number => {
  let hash = 7;
  for (let at = 0; at < text.length; at += 1) hash = (hash * 31 + text.charCodeAt(at)) >>> 0;
  return hash;
};

const some = <T>(all: readonly T[], journeyId: string): readonly T[] => {
  if (all.length <= CANDIDATES) return all;
  const first = spread(journeyId) % all.length;
  const taken = all.slice(first, first + CANDIDATES);
  return [...taken, ...all.slice(0, CANDIDATES - taken.length)];
};

const held = (clinic: Clinic, role: PractitionerRole, journey: Journey): Need => {
  return { role, anyOf: some(ownHoldersOf(clinic, role), journey.id) };
};

/** The assigned therapist as somebody who can be booked. */
export const assignedTherapist = (clinic: Clinic, journey: Journey): Bookable | undefined =>
  personOf(clinic, journey.therapist);

const openingOf = (clinic: Clinic) => ({ hours: clinic.hours, holidays: clinic.holidays, zone: clinic.zone });

const roomsOf = (clinic: Clinic, journey: Journey) => some(clinic.rooms, journey.id);

/** The patient's own therapist is the one who is in the room; for every other role the clinic's own people serve. */
const inTheRoom = (clinic: Clinic, role: PractitionerRole, journey: Journey): Need => {
  const therapist = role === 'therapist' ? assignedTherapist(clinic, journey) : undefined;
  return therapist === undefined ? held(clinic, role, journey) : { role, anyOf: [therapist] };
};

/**
 * The second of a co-therapist team: somebody of the practice that took the patient, else the clinic's own. Another practice has not
 * taken them and may know nothing of them: where nobody else is left, one therapist is the team.
 */
const coTherapist = ({ dosing }: Program, clinic: Clinic, journey: Journey): Need[] => {
  if (dosing.therapistPresent !== 'two') return [];
  const others = holdersOf(clinic, 'therapist').filter(({ id }) => id !== journey.therapist);
  const near = others.filter(({ partner }) => partner !== undefined && partner === journey.partner);
  const team = [...near, ...others.filter(({ partner }) => partner === undefined)];
  return team.length === 0 ? [] : [{ role: 'therapist', anyOf: team }];
};

/** Who and what a dose needs: a room with its kit and one person of each role that the program lists, for all of its parts. */
export const dosingNeeds = (program: Program, clinic: Clinic, journey: Journey): DosingNeeds => {
  const { dosing } = program;
  return {
    before: dosing.before,
    dose: dosing.duration,
    observation: dosing.observation,
    needs: [...dosing.roles.map((role) => inTheRoom(clinic, role, journey)), ...coTherapist(program, clinic, journey)],
    opening: openingOf(clinic),
    ...(journey.modality === 'in-person' && { rooms: roomsOf(clinic, journey), kit: dosing.kit }),
  };
};

/** How a program holds an encounter of a kind: with whom, how long, and where. */
export const encounterOf = (kind: AppointmentKind, program: Program) => {
  if (kind === 'consult') return program.consult;
  if (kind === 'integration') return program.integration;
  return kind === 'provider-review' ? (program.providerReview ?? program.consult) : program.preparation;
};

/** Who and what any other appointment needs. The assigned therapist alone serves what is the therapist's; a partner's own place needs no room. */
export const encounterNeeds = (
  kind: AppointmentKind,
  program: Program,
  clinic: Clinic,
  journey: Journey,
): SlotNeeds & { notice: string } => {
  const encounter = encounterOf(kind, program);
  const therapist = encounter.role === 'therapist' ? assignedTherapist(clinic, journey) : undefined;
  const person = personOf(clinic, therapist?.id);
  const outside = person?.partner !== undefined;
  return {
    duration: encounter.duration,
    notice: encounter.notice,
    needs: [
      therapist === undefined ? held(clinic, encounter.role, journey) : { role: encounter.role, anyOf: [therapist] },
    ],
    // For an integration only the therapist's own hours count: partners keep theirs, and so does the clinic's own on a Saturday.
    ...(!outside && kind !== 'integration' && { opening: openingOf(clinic) }),
    ...(encounter.modality === 'in-person' && !outside && { rooms: roomsOf(clinic, journey) }),
  };
};
