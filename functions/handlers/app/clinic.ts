import { clinicOperations } from '../../contracts/api/clinic.ts';
import { mayUse, RIGHTS } from '../../contracts/api/rights.ts';
import type { Practitioner } from '../../domain/clinic/clinic.ts';
import { personOf } from '../../domain/clinic/roster.ts';
import type { Viewer } from '../../domain/law/reach.ts';
import { keysOf } from '../../domain/names.ts';
import type { ApiDeps } from './deps.ts';
import { NotThere } from './errors.ts';
import { type Route, route } from './route.ts';

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

/** The clinic itself: its people, places, settings and programs. */
export const clinicRoutes = ({ library }: ApiDeps) =>
  ({
    'get-me': route(clinicOperations['get-me'], async ({ viewer: { id, roles, practice } }) => ({
      answer: { id, roles: [...roles], practice, operations: keysOf(RIGHTS).filter((name) => mayUse(roles, name)) },
    })),
    'get-clinic': route(clinicOperations['get-clinic'], async () => {
      const { name, phone, zone, hours, holidays, locations } = library.clinic();
      return { answer: { name, phone, zone, hours: hoursOf(hours), holidays, locations } };
    }),
    'get-settings': route(clinicOperations['get-settings'], async () => {
      const { rooms, partners, sending, ladders, onCall, tasks, policy } = library.clinic();
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
    'list-practitioners': route(clinicOperations['list-practitioners'], async ({ viewer }) => ({
      answer: { items: library.clinic().practitioners.map((person) => practitionerFor(viewer, person)) },
    })),
    'get-practitioner': route(clinicOperations['get-practitioner'], async ({ viewer, params }) => {
      const person = personOf(library.clinic(), params.practitionerId);
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
  }) satisfies Record<keyof typeof clinicOperations, Route>;
