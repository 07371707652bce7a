import { suicidalityOf } from '../../domain/gates/recorded.ts';
import type { Task } from '../../domain/journey/task.ts';
import { afterLeaving, afterScreener, isAtRisk } from '../../domain/measures/suicide-items.ts';
import { REOPENINGS } from '../../domain/names.ts';
import { cssrsLevel, screenerAnswers } from '../../domain/screening/derived.ts';
import { isScreener, isScreenerAtContact, isUrgentScreener, SINCE_LAST_CONTACT } from '../../domain/tasks/ask.ts';
import { plus } from '../../domain/time/instants.ts';
import { clinicals } from '../journey-rows.ts';
import { countUp, type Desk } from './desk.ts';
import { startDetached } from './detached.ts';
import { AnswerRefused, type AskedAgain, type Effect, type Effects, type Given } from './effect.ts';
import { endByPatient } from './ending.ts';
import { screenAnew } from './rescreening.ts';
import { openCrisisOfAnswers } from './safety.ts';
import { type Facts, type Heard, isToFinish, keepFacts, readAnswered, readHeard } from './screening.ts';
import { askTheRest, keepPart, partIn } from './screening-part.ts';
import { pendingTasks, supersedeWhere } from './signals.ts';
import { endOfDay, heedSigns, SUICIDALITY } from './signs.ts';

const factsIn = ({ data: { facts } }: Pick<Given, 'data'>): Facts | undefined =>
  typeof facts === 'object' && facts !== null && !Array.isArray(facts) ? facts : undefined;

/** Item 9 of a questionnaire calls for the screener in the same sitting (reference 2.2). */
const askedFor = ({ phq9_item9 }: Heard) => ((phq9_item9 ?? 0) >= 1 ? 'ask-screener' : 'none');

/** A clinician looks on the same working day at what a patient said about suicide (S45). */
const toClinician = async (desk: Desk): Promise<void> => {
  const number = await countUp(desk, desk.journey.id, 'suicidality');
  const dueAt = endOfDay(desk);
  await startDetached(desk, {
    kind: 'response-review',
    about: `suicidality-${number}`,
    ...(dueAt !== undefined && { dueAt }),
  });
};

/**
 * Heeds what the answers say about suicide in the write that takes them, whatever else becomes of the form: urgent ones are a
 * crisis at once, and a form that was left after a yes is a clinician's now. Says whether the screener was left open.
 */
const heedAnswers = async (desk: Desk, sheet: Heard, by: string): Promise<'open' | 'finished'> => {
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
  if (step === 'clinician-today' && desk.journey.seriesEndedAt !== null) await toClinician(desk);
  return cssrsLevel(sheet) === 'incomplete' ? 'open' : 'finished';
};

/** A screener that item 9 called for and that was asked with the whole sheet is not asked apart any more. */
const takeScreenerBack = async (desk: Desk, sheet: Heard): Promise<void> => {
  if (askedFor(sheet) === 'none') return;
  if ((await pendingTasks(desk, 'rescreen')).some(({ ask }) => isUrgentScreener(ask)))
    await supersedeWhere(desk, 'screener-finished', ({ ask }) => isUrgentScreener(ask));
};

type Answering = (desk: Desk, task: Task, given: Given) => Promise<AskedAgain | undefined>;

/** A link asks for a part of the sheet, and a clinician for the rest. */
const partly =
  (whole: Answering): Effect =>
  async (desk, task, given) => {
    if (given.isPart !== true) return whole(desk, task, given);
    const part = partIn(desk, given.data, factsIn(given));
    if (part === undefined) throw new AnswerRefused('nothing is answered');
    await keepPart(desk, part, given.by.id);
    return askTheRest(desk);
  };

const answered: Answering = async (desk, task, given) => {
  const sheet = await keepFacts(desk, factsIn(given) ?? {}, readAnswered);
  const screener = await heedAnswers(desk, sheet, given.by.id);
  if (screener === 'finished') await takeScreenerBack(desk, sheet);
  return task.repetition <= REOPENINGS && (await isToFinish(desk, sheet)) ? 'reopen' : undefined;
};

/** Whether a screener is asked of whose patient the rest of the sheet is not known yet: they said yes in the screening's own form. */
const isBeforeTheRest = (desk: Desk, task: Task): boolean => isScreener(task.ask) && desk.journey.screening === null;

const answeredAnew: Answering = async (desk, task, given) => {
  const facts = factsIn(given) ?? {};
  if (isBeforeTheRest(desk, task)) {
    const answer = await heedAnswers(desk, await keepFacts(desk, facts, readHeard), given.by.id);
    return answer === 'open' && task.repetition <= REOPENINGS ? 'reopen' : undefined;
  }
  const sheet = await keepFacts(desk, facts, readAnswered);
  const screener = await heedAnswers(desk, sheet, given.by.id);
  if (screener === 'open' && task.repetition <= REOPENINGS) return 'reopen';
  if (screener === 'finished' && !isScreener(task.ask)) await takeScreenerBack(desk, sheet);
  // Nobody ends care because a form stayed open: a clinician was paged, and decides.
  if (isScreenerAtContact(task.ask) && cssrsLevel(sheet) !== 'moderate') return undefined;
  if (screener === 'finished' || !isScreener(task.ask))
    await screenAnew(desk, sheet, given.by.id, isScreener(task.ask) ? facts : {});
  return undefined;
};

/** Who gives answers and then refuses the rest has given them. */
const refused: Effect = async (desk, task, given) => {
  const facts = factsIn(given);
  if (given.isPart === true) {
    const part = partIn(desk, given.data, facts);
    if (part !== undefined) await keepPart(desk, part, given.by.id);
  } else if (facts !== undefined || isScreener(task.ask)) {
    const read = isBeforeTheRest(desk, task) ? readHeard : readAnswered;
    await heedAnswers(desk, await keepFacts<Heard>(desk, facts ?? {}, read), given.by.id);
  }
  if (!isScreener(task.ask)) await endByPatient(desk, `${task.kind} refused`);
};

/**
 * Heeds the screener that comes with the check-in after a dose (`data.cssrs`, since the last contact): urgent answers are a crisis,
 * moderate ones hold the next dose until a clinician has seen the patient. A patient who ever said yes about suicide and did not answer it is asked apart (reference 5).
 */
export const heedContact = async (desk: Desk, task: Task, { data, by }: Given): Promise<void> => {
  const level = suicidalityOf(data);
  const cycle = task.ask.cycle ?? 0;
  if (level === 'high') return void (await openCrisisOfAnswers(desk, 'screening', by.id));
  if (level === 'moderate') return heedSigns(desk, [SUICIDALITY], { cycle, task: task.id, by: by.id });
  if (level !== 'incomplete') return;
  const { screening } = desk.journey;
  const { facts } = await desk.need(clinicals, desk.journey.id);
  const flags = Number(facts.phq9_item9 ?? 0) >= 1 ? ['item-9'] : [];
  if (!isAtRisk([...(screening?.reasons ?? []), ...(screening?.notes ?? [])], flags)) return;
  const dueAt = plus(desk.now, desk.program.aftercare.nextDay.dueIn);
  await startDetached(desk, { kind: 'rescreen', about: `${SINCE_LAST_CONTACT}-c${cycle}`, dueAt });
};

/** What the answers to the screening bring about, of the first one and of those asked again. */
export const screeningEffects: Effects = {
  'answer-screening': { answered: partly(answered), refused },
  rescreen: { answered: partly(answeredAnew), refused },
};
