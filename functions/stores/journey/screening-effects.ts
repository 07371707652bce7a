import { isPending } from '../../domain/journey/task.ts';
import { afterLeaving, afterScreener } from '../../domain/measures/suicide-items.ts';
import { REOPENINGS } from '../../domain/names.ts';
import { cssrsLevel, screenerAnew, screenerAnswers } from '../../domain/screening/derived.ts';
import { type FactSheet, parseFacts } from '../../domain/screening/facts.ts';
import { isScreener, SCREENER } from '../../domain/tasks/ask.ts';
import { plus } from '../../domain/time/instants.ts';
import { clinicals, journeyPartition, safetyEvents, tasks } from '../journey-rows.ts';
import { countUp, type Desk } from './desk.ts';
import { startDetached } from './detached.ts';
import { type Effect, type Effects, type Given, refusing } from './effect.ts';
import { refusedByPatient } from './intake-effects.ts';
import { openSafetyEvent } from './safety.ts';
import { isToFinish } from './screening.ts';
import { screenAnew } from './screening-commands.ts';

type Facts = Extract<Given['data'][string], { [key: string]: unknown }>;

const factsIn = ({ data: { facts } }: Pick<Given, 'data'>): Facts | undefined =>
  typeof facts === 'object' && facts !== null && !Array.isArray(facts) ? facts : undefined;

/** Keeps the answers beside those of before; what is no answer refuses all of them. */
const keepFacts = async (desk: Desk, facts: Facts = {}): Promise<FactSheet> => {
  const clinical = await desk.need(clinicals, desk.journey.id);
  const all = { ...clinical.facts, ...facts };
  const sheet = refusing(() => parseFacts(all));
  desk.put(clinicals, { ...clinical, facts: all });
  return sheet;
};

/** Opens the crisis of answers about suicide, unless that of answers before is still to be decided on. */
export const openCrisisOfAnswers = async (desk: Desk, source: 'screening' | 'screener-left', by: string | null) => {
  const open = (await desk.list(safetyEvents, journeyPartition(desk.journey.id), 'safety#')).some(
    (event) => event.type === 'crisis' && event.decision === null && event.closedAt === null && event.source === source,
  );
  if (!open) await openSafetyEvent(desk, { type: 'crisis', severity: null, source, by });
};

/** Item 9 of a questionnaire calls for the screener in the same sitting (reference 2.2). */
const askedFor = ({ phq9_item9 }: FactSheet) => ((phq9_item9 ?? 0) >= 1 ? 'ask-screener' : 'none');

/**
 * Heeds what the answers say about suicide in the write that takes them, whatever else becomes of the form: urgent ones are a
 * crisis at once, and a form that was left after a yes is a clinician's now. Says whether the screener was left open.
 */
const heedAnswers = async (desk: Desk, sheet: FactSheet, by: string): Promise<'open' | 'finished'> => {
  const { screener } = desk.library.care();
  const answers = screenerAnswers(sheet);
  const step = afterScreener(screener, answers);
  if (step === 'crisis') {
    await openCrisisOfAnswers(desk, 'screening', by);
    return 'finished';
  }
  if (afterLeaving(screener, answers, askedFor(sheet)) === 'page-clinician')
    await openCrisisOfAnswers(desk, 'screener-left', by);
  // The rule table screens while care goes on; after the series a clinician looks all the same.
  if (step === 'clinician-today' && desk.journey.seriesEndedAt !== null) {
    const number = await countUp(desk, desk.journey.id, 'suicidality');
    await startDetached(desk, { kind: 'response-review', about: `suicidality-${number}` });
  }
  return cssrsLevel(sheet) === 'incomplete' ? 'open' : 'finished';
};

const answered: Effect = async (desk, task, given) => {
  const sheet = await keepFacts(desk, factsIn(given));
  await heedAnswers(desk, sheet, given.by.id);
  return task.repetition <= REOPENINGS && (await isToFinish(desk, sheet)) ? 'reopen' : undefined;
};

const answeredAnew: Effect = async (desk, task, given) => {
  const sheet = await keepFacts(desk, factsIn(given));
  const screener = await heedAnswers(desk, sheet, given.by.id);
  if (screener === 'open' && task.repetition <= REOPENINGS) return 'reopen';
  // Nobody ends care because a form stayed open: a clinician was paged, and decides.
  if (screener === 'finished' || !isScreener(task.ask)) await screenAnew(desk, sheet, given.by.id);
  return undefined;
};

/** Who gives answers and then refuses the rest has given them. */
const refused: Effect = async (desk, task, given) => {
  const facts = factsIn(given);
  const left = facts !== undefined || isScreener(task.ask);
  if (left) await heedAnswers(desk, await keepFacts(desk, facts), given.by.id);
  if (!isScreener(task.ask)) await refusedByPatient(desk, task, given);
};

/** A yes about suicide in another form: the screener comes next, in the same sitting, and its old answers no longer stand. */
export const askScreener = async (desk: Desk, item9: number): Promise<void> => {
  const clinical = await desk.need(clinicals, desk.journey.id);
  desk.put(clinicals, { ...clinical, facts: { ...clinical.facts, phq9_item9: item9, ...screenerAnew() } });
  const asked = await desk.list(tasks, journeyPartition(desk.journey.id), 'task#rescreen-');
  if (asked.some((task) => isPending(task) && isScreener(task.ask))) return;
  await startDetached(desk, {
    kind: 'rescreen',
    about: `${SCREENER}-${await countUp(desk, desk.journey.id, SCREENER)}`,
    dueAt: plus(desk.now, desk.clinic.policy.safety.screenerWithin),
  });
};

/** What the answers to the screening bring about, of the first one and of those asked again. */
export const screeningEffects: Effects = {
  'answer-screening': { answered, refused },
  rescreen: { answered: answeredAnew, refused },
};
