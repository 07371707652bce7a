import { isAwayAt } from '../../domain/booking/claims.ts';
import type { Appointment } from '../../domain/journey/appointment.ts';
import type { Role } from '../../domain/names.ts';
import { assigneeOf, onCall } from '../../domain/tasks/assignee.ts';
import { localDate } from '../../domain/time/local.ts';
import { dayClaims } from '../journey-rows.ts';
import type { Desk } from './desk.ts';

/** The person whom a task of a role asks now: of those on call the first who is there. */
export const askedNow = async (
  desk: Desk,
  role: Role,
  about: string | undefined,
  appointment: Appointment | undefined,
): Promise<string | null> => {
  if (role === 'on-call') return (await onCallNow(desk))[0] ?? null;
  const { clinic, journey, now } = desk;
  return assigneeOf(role, { clinic, journey, appointment, about, now });
};

/** Who is on call now, first to last: whoever has the turn, then the others; nobody who is away, unless all are. */
export const onCallNow = async (desk: Desk): Promise<readonly string[]> => {
  const { clinic, now } = desk;
  const first = clinic.onCall.indexOf(onCall(clinic, now) ?? '');
  const inTurn = [...clinic.onCall.slice(first), ...clinic.onCall.slice(0, first)];
  const date = localDate(now, clinic.zone);
  const there: string[] = [];
  for (const resource of inTurn) {
    const day = await desk.get(dayClaims, { resource, date });
    if (day === undefined || !isAwayAt(day, now)) there.push(resource);
  }
  return there.length > 0 ? there : inTurn;
};
