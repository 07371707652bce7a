import type { Kind } from './lists.ts';
import type { Ask, Client } from './load.ts';
import { type SignedIn, signedIn } from './signed-in.ts';

type OpenTask = { readonly journeyId: string; readonly number: number; readonly kind: string };

/** Kinds of task whose answer needs no more than the answer, and what follows from it: a call that is done, and a journey that goes on. */
const ANSWERS: Readonly<Record<string, string>> = {
  'call-patient': 'reached',
  'fit-decision': 'fit',
  'follow-up-contact': 'reached',
};
/** Enough for every client to find some in the time that it has. */
const WANTED = 20_000;

const tasksToDecide = async (api: Client, director: SignedIn): Promise<OpenTask[]> => {
  const found: OpenTask[] = [];
  let next: string | null = '';
  while (next !== null && found.length < WANTED) {
    const cursor: string = next === '' ? '' : `&cursor=${next}`;
    const path = `/v1/tasks?role=medical-director&limit=100${cursor}`;
    const { text } = await api.ask({ method: 'GET', path, headers: director.headers });
    const page: { items: OpenTask[]; next: string | null } = JSON.parse(text);
    found.push(...page.items.filter(({ kind }) => ANSWERS[kind] !== undefined));
    next = page.next;
  }
  return found;
};

/** Answers to open tasks, each to another one, and the same among reads. */
export const decisionsToTake = async (api: Client, clients: number): Promise<(Kind & { clients: number })[]> => {
  const director = await signedIn(api, 'medical-director-1', 'medical-director');
  const found = await tasksToDecide(api, director);
  // However many can be taken on in their time, enough are left to decide.
  const [toTake, left] = [found.slice(0, found.length / 2), found.slice(found.length / 2)];
  const [first] = left;
  const { headers } = director;
  const decide = (): Ask | undefined => {
    const task = left.pop();
    if (task === undefined) return undefined;
    const path = `/v1/journeys/${task.journeyId}/tasks/${task.number}/decision`;
    return { method: 'POST', path, headers, body: { answer: ANSWERS[task.kind] } };
  };
  const claim = (): Ask | undefined => {
    const task = toTake.pop();
    return task && { method: 'POST', path: `/v1/journeys/${task.journeyId}/tasks/${task.number}/claim`, headers };
  };
  let turn = 0;
  const work = (): Ask | undefined => {
    turn += 1;
    const path = turn % 2 === 0 ? '/v1/tasks' : `/v1/journeys/${first?.journeyId}`;
    return turn % 20 === 0 ? decide() : { method: 'GET', path, headers };
  };
  const isDecision = ({ method }: Ask): boolean => method === 'POST';
  return [
    { what: 'taking a task on', next: claim, clients },
    { what: 'a decision and all that follows, one client', next: decide, clients: 1 },
    { what: 'a decision and all that follows', next: decide, clients },
    { what: 'a decision among nineteen reads', next: work, clients, counts: isDecision },
    { what: 'a read among them', next: work, clients, counts: (asked) => !isDecision(asked) },
  ];
};
