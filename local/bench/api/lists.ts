import type { Answered, Ask, Client } from './load.ts';
import { type SignedIn, signedIn } from './signed-in.ts';

/** One kind of request, and what a client asks next. */
export type Kind = {
  readonly what: string;
  readonly next: (client: number, last: Answered | undefined) => Ask | undefined;
  /** Which of the requests are measured, where others are made beside them. */
  readonly counts?: (asked: Ask) => boolean;
};

const nextOf = (last: Answered | undefined): string | null => {
  if (last === undefined) return null;
  const { next }: { next?: string | null } = JSON.parse(last.text);
  return next ?? null;
};

/** A list read page by page, from its start again after its end. */
const list = (what: string, as: SignedIn, path: string): Kind => ({
  what,
  next(_client, last) {
    const next = nextOf(last);
    const cursor = next === null ? '' : `${path.includes('?') ? '&' : '?'}cursor=${next}`;
    return { method: 'GET', path: `${path}${cursor}`, headers: as.headers };
  },
});

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** Every list that spans the clinic, in pages of the usual length, and single reads. */
export const listsOf = async (api: Client): Promise<Kind[]> => {
  const [coordinator, director, provider, partner, patient] = await Promise.all([
    signedIn(api, 'coordinator-1', 'coordinator'),
    signedIn(api, 'medical-director-1', 'medical-director'),
    signedIn(api, 'provider-1', 'provider'),
    signedIn(api, 'therapist-11', 'therapist'),
    signedIn(api, 'patient-7-copy', 'patient'),
  ]);
  const found = await api.ask({ method: 'GET', path: '/v1/tasks?limit=100', headers: director.headers });
  const { items }: { items: { journeyId: string; number: number }[] } = JSON.parse(found.text);
  const journey = (n: number) => items[n % items.length] ?? { journeyId: '', number: 0 };
  const one = (what: string, as: SignedIn, path: (of: { journeyId: string; number: number }) => string): Kind => {
    let asked = 0;
    return { what, next: () => ({ method: 'GET', path: path(journey(asked++)), headers: as.headers }) };
  };
  return [
    list('journeys', coordinator, '/v1/journeys'),
    list('journeys of a phase', coordinator, '/v1/journeys?phase=series'),
    list('journeys of a program', coordinator, '/v1/journeys?program=therapist-led'),
    list('journeys on hold', coordinator, '/v1/journeys?hold=true'),
    list('journeys stuck since', coordinator, `/v1/journeys?stuckSince=${inDays(-20)}`),
    list('journeys with a window closing', coordinator, `/v1/journeys?windowClosesBefore=${inDays(7)}`),
    list('journeys with an overdue task', coordinator, '/v1/journeys?overdue=true'),
    list("a practice's journeys", partner, '/v1/journeys'),
    list("a patient's journeys", patient, '/v1/journeys'),
    list('my tasks', provider, '/v1/tasks?mine=true'),
    list('tasks of a role', coordinator, '/v1/tasks?role=medical-director'),
    list('overdue tasks of a role', coordinator, '/v1/tasks?role=medical-director&overdue=true'),
    list("a day's appointments", coordinator, `/v1/appointments?date=${inDays(-17).slice(0, 10)}`),
    one('one task by its number', coordinator, (of) => `/v1/journeys/${of.journeyId}/tasks/${of.number}`),
    one('one journey', coordinator, (of) => `/v1/journeys/${of.journeyId}`),
    one("a journey's timeline", coordinator, (of) => `/v1/journeys/${of.journeyId}/timeline`),
  ];
};
