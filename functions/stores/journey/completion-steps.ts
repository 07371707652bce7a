import type { Run } from '../../contracts/run.ts';
import { formAtTheEnd, isTooSoon } from '../../domain/follow-up/measures.ts';
import { isCompletedAllTheSame } from '../../domain/journey/journey.ts';
import type { Ask } from '../../domain/journey/task.ts';
import { measureAsked } from '../../domain/measures/asked.ts';
import type { Measure as Instrument } from '../../domain/measures/measure.ts';
import { type Instant, laterOf } from '../../domain/time/instants.ts';
import { plusLocal } from '../../domain/time/local.ts';
import { nextWorking } from '../../domain/time/working-hours.ts';
import { cycles, journeyPartition, measures } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { type Desk, type DeskPorts, deskFor, enterPhase, holdLine, liftHold } from './desk.ts';
import { planEducation } from './education.ts';
import { countResponse } from './facts.ts';
import { type Carried, carried } from './main-line.ts';
import { isSafetyHold } from './safety.ts';
import { supersedeWhere } from './signals.ts';

export type CompletionStage = Carried & {
  readonly stage: 'finish' | 'follow-up' | 'settle';
  /** The questionnaires of this stage. */
  readonly measures: Ask[];
  /** Not before this instant the patient is contacted. */
  readonly opensAt: string;
  readonly next: number;
};

const measureAsks = (desk: Desk, moment: 'end' | 'follow-up', point: string): Ask[] =>
  desk.program.measures
    .filter(({ at }) => at.includes(moment))
    .map(({ id }) => ({ kind: 'answer-measure', about: `${id}-${point}` }));

/** The questionnaires of the end that the patient has not filled in since the last dose, and for each other what they said. */
const atTheEnd = async (desk: Desk, endedAt: Instant) => {
  const partition = journeyPartition(desk.journey.id);
  const lastDoseAt = (await desk.list(cycles, partition, 'cycle#')).flatMap(({ startedAt }) => startedAt ?? []).at(-1);
  const asks: Ask[] = [];
  const said: { readonly instrument: Instrument; readonly total: number }[] = [];
  for (const ask of measureAsks(desk, 'end', 'end')) {
    const measure = measureAsked(ask.about ?? '');
    const instrument = measure && desk.library.measure(measure);
    const taken = measure === undefined ? [] : await desk.list(measures, partition, `measure#${measure}#`);
    const leastInterval = instrument?.leastInterval;
    const form = formAtTheEnd(taken, { lastDoseAt, endedAt, leastInterval, zone: desk.journey.zone });
    if (form === undefined || instrument === undefined) asks.push(ask);
    else said.push({ instrument, total: form.total });
  }
  return { asks, said };
};

/** The questionnaires of a follow-up, but for those that the patient has just filled in: after a pause one follow-up comes hard upon another. */
const atFollowUp = async (desk: Desk, number: number, opensAt: Instant): Promise<Ask[]> => {
  const asks: Ask[] = [];
  for (const ask of measureAsks(desk, 'follow-up', `follow-up-${number}`)) {
    const measure = measureAsked(ask.about ?? '');
    const least = measure && desk.library.measure(measure)?.leastInterval;
    const taken = await desk.list(measures, journeyPartition(desk.journey.id), `measure#${measure}#`);
    if (!isTooSoon(taken, laterOf(opensAt, desk.now), least, desk.journey.zone)) asks.push(ask);
  }
  return asks;
};

/** A series that the clinic stopped is completed like any other; what held its doses has nothing to hold any more, safety excepted. */
const completeAllTheSame = (desk: Desk): void => {
  desk.keep({ ending: null, stopped: desk.journey.ending });
  for (const { reason } of desk.journey.holds) if (!isSafetyHold(reason)) liftHold(desk, reason, null);
};

/** Where the completion stands: the end of the series, one of its follow-ups, or an ending that only has to be settled. */
export const beginCompletion = (ports: DeskPorts, input: { run: Run; number: number }): Promise<CompletionStage> =>
  transact(ports, 'begin-completion', async (transaction): Promise<CompletionStage> => {
    const desk = await deskFor(ports, transaction, input.run.journeyId);
    await holdLine(desk, input.run);
    const { program, clinic } = desk;
    const stage = async (name: CompletionStage['stage'], asks: Ask[], opensAt: string): Promise<CompletionStage> => ({
      ...(await carried(desk)),
      stage: name,
      measures: asks,
      opensAt,
      next: input.number + 1,
    });
    if (desk.journey.outcome === null && isCompletedAllTheSame(desk.journey)) completeAllTheSame(desk);
    if (desk.journey.ending !== null || desk.journey.outcome !== null) return stage('settle', [], desk.now);
    enterPhase(desk, 'completion');
    if (desk.journey.seriesEndedAt === null) {
      desk.keep({ seriesEndedAt: desk.now });
      for (const { instrument, total } of (await atTheEnd(desk, desk.now)).said)
        await countResponse(desk, instrument, total);
      await planEducation(desk, 'series.ended', desk.now);
      await supersedeWhere(
        desk,
        'series-ended',
        ({ kind, ask }) => kind === 'answer-measure' && /-(week-\d+|baseline)$/.test(ask.about ?? ''),
      );
    }
    if (input.number === 1) {
      const { asks } = await atTheEnd(desk, desk.journey.seriesEndedAt ?? desk.now);
      return stage('finish', asks, desk.now);
    }
    const after = program.followUps[input.number - 2];
    if (after === undefined) return stage('settle', [], desk.now);
    const calendar = { hours: clinic.hours, holidays: clinic.holidays, zone: clinic.zone };
    const due = plusLocal(desk.journey.seriesEndedAt ?? desk.now, after, clinic.zone);
    const opensAt = nextWorking(due, calendar) ?? due;
    return stage('follow-up', await atFollowUp(desk, input.number - 1, opensAt), opensAt);
  });
