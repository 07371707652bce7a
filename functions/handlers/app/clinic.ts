import { clinicOperations, type TimetableView } from '../../contracts/api/clinic.ts';
import { mayUse, RIGHTS } from '../../contracts/api/rights.ts';
import type { Clinic, Practitioner } from '../../domain/clinic/clinic.ts';
import { personOf } from '../../domain/clinic/roster.ts';
import { timetableOf } from '../../domain/clinic/timetable.ts';
import type { Viewer } from '../../domain/law/reach.ts';
import { keysOf } from '../../domain/names.ts';
import type { TimetableChange } from '../../stores/clinic-timetable.ts';
import { actingAs } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { NotThere } from './errors.ts';
import { listing } from './listing.ts';
import { pageOf } from './paging.ts';
import { type Reply, type Route, route } from './route.ts';

const hoursOf = (hours: Practitioner['hours']): Record<string, string[][]> =>
  Object.fromEntries(Object.entries(hours).flatMap(([day, spans]) => (spans === undefined ? [] : [[day, spans]])));

/** Addresses and licences are for those who arrange the work. */
const arranges = ({ roles }: Viewer): boolean => roles.includes('coordinator') || roles.includes('medical-director');

const practitionerFor = (viewer: Viewer, person: Practitioner) => {
  const { id, name, roles, partner = null, holidays, email = null, phone = null, licence = null } = person;
  return {
    id,
    name,
    roles,
    partner,
    hours: hoursOf(person.hours),
    holidays,
    contact: arranges(viewer) ? { email, phone, licence } : null,
  };
};

const timetableFor = (clinic: Clinic, last: TimetableChange | undefined): Reply<TimetableView> => {
  const { hours, holidays, onCall, practitioners } = timetableOf(clinic);
  const revision = last?.revision ?? 0;
  return {
    version: String(revision),
    answer: {
      revision,
      changedAt: last?.at ?? null,
      changedBy: last?.by ?? null,
      hours: hoursOf(hours),
      holidays,
      onCall,
      practitioners: practitioners.map((each) => ({ ...each, hours: hoursOf(each.hours) })),
    },
  };
};

/** The clinic itself: its people, places, settings and programs. */
export const clinicRoutes = (deps: ApiDeps) => {
  const { library, timetable } = deps;
  const list = listing(deps);
  const timetableNow = async (): Promise<Reply<TimetableView>> => {
    const { clinic, last } = await timetable.inForce();
    return timetableFor(clinic, last);
  };
  return {
    'get-me': route(clinicOperations['get-me'], async ({ viewer: { id, roles, practice } }) => ({
      answer: { id, roles: [...roles], practice, operations: keysOf(RIGHTS).filter((name) => mayUse(roles, name)) },
    })),
    'get-clinic': route(clinicOperations['get-clinic'], async () => {
      const { name, phone, zone, hours, holidays, locations } = (await timetable.inForce()).clinic;
      return { answer: { name, phone, zone, hours: hoursOf(hours), holidays, locations } };
    }),
    'get-settings': route(clinicOperations['get-settings'], async () => {
      const { rooms, partners, sending, ladders, onCall, tasks, policy } = (await timetable.inForce()).clinic;
      return {
        answer: {
          rooms,
          partners,
          sending: sending === null ? null : [...sending],
          ladders: { ...ladders },
          onCall,
          dueIn: tasks.dueIn,
          policy,
        },
      };
    }),
    'get-timetable': route(clinicOperations['get-timetable'], timetableNow),
    'change-timetable': route(clinicOperations['change-timetable'], async ({ viewer, version, body }) => {
      const by = actingAs(viewer, RIGHTS['change-timetable'], 'to change the timetable');
      const { reason, ...wanted } = body;
      const revision = version === undefined ? undefined : Number(version);
      await timetable.change({ timetable: wanted, by, reason, revision });
      return timetableNow();
    }),
    'list-timetable-changes': route(clinicOperations['list-timetable-changes'], async (asked) => ({
      answer: await list(asked, asked.query, {}, (from) =>
        pageOf(
          1,
          from,
          (_, place) => timetable.changes(place),
          async (change) => change,
        ),
      ),
    })),
    'list-practitioners': route(clinicOperations['list-practitioners'], async ({ viewer }) => ({
      answer: {
        items: (await timetable.inForce()).clinic.practitioners.map((person) => practitionerFor(viewer, person)),
      },
    })),
    'get-practitioner': route(clinicOperations['get-practitioner'], async ({ viewer, params }) => {
      const person = personOf((await timetable.inForce()).clinic, params.practitionerId);
      if (person === undefined) throw new NotThere();
      return { answer: practitionerFor(viewer, person) };
    }),
    'list-programs': route(clinicOperations['list-programs'], async () => ({
      answer: {
        items: library.programs().map((pinned) => {
          const { id, version, title } = library.program(pinned);
          return { id, version, title };
        }),
      },
    })),
    'get-program': route(clinicOperations['get-program'], async ({ params: { programId, version } }) => {
      if (!library.programs().some((each) => each.id === programId && each.version === version)) throw new NotThere();
      return { answer: library.program({ id: programId, version }) };
    }),
  } satisfies Record<keyof typeof clinicOperations, Route>;
};
