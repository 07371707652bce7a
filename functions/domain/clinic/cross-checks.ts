import type * as z from 'zod';
import { keysOf } from '../names.ts';
import type { ClinicFile } from './clinic.ts';

type Problem = { path: PropertyKey[]; message: string };

const LISTS = ['locations', 'rooms', 'practitioners', 'partners'] as const;

const twice = (clinic: ClinicFile): Problem[] =>
  LISTS.flatMap((list) =>
    clinic[list].flatMap(({ id }, n) =>
      clinic[list].findIndex((each) => each.id === id) < n
        ? [{ path: [list, n, 'id'], message: `"${id}" is taken by an entry before; each id once` }]
        : [],
    ),
  );

const unknown = (what: string, id: string, ids: readonly string[]): string =>
  `unknown ${what} "${id}"; ${ids.length === 0 ? 'the clinic has none' : `one of ${ids.join(', ')}`}`;

const references = ({ practitioners, partners, rooms, locations, onCall }: ClinicFile): Problem[] => {
  const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id);
  return [
    ...practitioners.flatMap(({ partner }, n) =>
      partner === undefined || idsOf(partners).includes(partner)
        ? []
        : [{ path: ['practitioners', n, 'partner'], message: unknown('partner', partner, idsOf(partners)) }],
    ),
    ...rooms.flatMap(({ location }, n) =>
      location === undefined || idsOf(locations).includes(location)
        ? []
        : [{ path: ['rooms', n, 'location'], message: unknown('location', location, idsOf(locations)) }],
    ),
    ...onCall.flatMap((id, n) =>
      idsOf(practitioners).includes(id)
        ? []
        : [{ path: ['onCall', n], message: unknown('practitioner', id, idsOf(practitioners)) }],
    ),
  ];
};

/** A rung of a ladder leads to somebody: a role that a person of the clinic holds, or whoever is on call. */
const ladders = ({ ladders: all, practitioners }: ClinicFile): Problem[] => {
  const held = new Set<string>(['on-call', ...practitioners.flatMap(({ roles }) => roles)]);
  return keysOf(all).flatMap((role) =>
    (all[role] ?? []).flatMap(({ toRole }, n) =>
      held.has(toRole)
        ? []
        : [
            {
              path: ['ladders', role, n, 'toRole'],
              message: `nobody has the role "${toRole}"; one of ${[...held].join(', ')}`,
            },
          ],
    ),
  );
};

/** What no group of settings can tell alone. */
export const crossCheck = (clinic: ClinicFile, context: z.core.$RefinementCtx): void => {
  for (const { path, message } of [...twice(clinic), ...references(clinic), ...ladders(clinic)])
    context.addIssue({ code: 'custom', path, message });
};
