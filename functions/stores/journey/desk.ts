import type { CareRules } from '../../domain/care/care-rules.ts';
import type { Clinic } from '../../domain/clinic/clinic.ts';
import type { Journey } from '../../domain/journey/journey.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import type { Catalogue } from '../../domain/messages/catalogue.ts';
import type { Language, Phase } from '../../domain/names.ts';
import { programFor } from '../../domain/program/for-journey.ts';
import type { Program } from '../../domain/program/program.ts';
import type { Ruleset } from '../../domain/screening/ruleset.ts';
import { clinicInForce } from '../clinic-timetable.ts';
import { counters, heads, journeys, lines } from '../journey-rows.ts';
import type { Transaction, TransactionPorts } from '../transaction.ts';
import type { LinkPorts } from './mint-link.ts';

/** The clinic's data: its programs by pinned version, its settings, its rule tables and instruments. */
export type Library = {
  /** Every program that is carried, in every version. */
  programs(): readonly { readonly id: string; readonly version: number }[];
  program(pinned: { id: string; version: number }): Program;
  clinic(): Clinic;
  ruleset(id: string): Ruleset;
  measure(id: string): Measure | undefined;
  catalogue(language: Language): Catalogue;
  care(): CareRules;
};

/** What every act on a journey needs. */
export type DeskPorts = TransactionPorts & {
  readonly library: Library;
  /** Left out where messages hold no links. */
  readonly links?: LinkPorts;
};

/** An act's view of one journey: the transaction, the journey as it stands, and the rules that it is pinned to. */
export type Desk = Transaction & {
  readonly clinic: Clinic;
  readonly program: Program;
  readonly library: Library;
  journey: Journey;
  /** Keeps a changed journey; the transaction writes it. */
  keep(change: Partial<Journey>): void;
};

/** The line of execution was replaced by a newer epoch; what it still wanted to write is refused. */
export class EpochPast extends Error {
  override readonly name = 'EpochPast';
  readonly journeyId: string;
  constructor(journeyId: string, line: string, epoch: number) {
    super(`Epoch ${epoch} of ${line} of ${journeyId} is past`);
    this.journeyId = journeyId;
  }
}

/** Opens the desk for one journey. */
export const deskFor = async (ports: DeskPorts, transaction: Transaction, journeyId: string): Promise<Desk> => {
  const journey = await transaction.need(journeys, journeyId);
  const desk: Desk = {
    ...transaction,
    journey,
    clinic: await clinicInForce(transaction, ports.library),
    program: programFor(ports.library.program(journey.program), journey),
    library: ports.library,
    keep(change) {
      desk.journey = { ...desk.journey, ...change };
      transaction.put(journeys, desk.journey);
    },
  };
  return desk;
};

/** Refuses the writes of an execution whose epoch is past. */
export const holdLine = async (
  desk: Transaction,
  run: { journeyId: string; line: string; epoch: number },
): Promise<void> => {
  if ((await desk.get(lines, run)) === undefined) throw new EpochPast(run.journeyId, run.line, run.epoch);
  desk.present(lines, run);
};

/**
 * Opens the desk for a step that says which signal it has seen. The head is read before all else: a signal that comes while the
 * step looks is newer than that.
 */
export const deskAtHead = async (
  ports: DeskPorts,
  transaction: Transaction,
  run: { journeyId: string; line: string; epoch: number },
): Promise<Desk> => {
  await transaction.need(heads, run.journeyId);
  const desk = await deskFor(ports, transaction, run.journeyId);
  await holdLine(desk, run);
  return desk;
};

/** The next number of a kind of thing in the journey, counted from 1. */
export const countUp = async (desk: Transaction, journeyId: string, name: string): Promise<number> => {
  const count = (await countOf(desk, journeyId, name)) + 1;
  desk.put(counters, { journeyId, name, count });
  return count;
};

/** How many of a kind the journey has had. */
export const countOf = async (desk: Transaction, journeyId: string, name: string): Promise<number> =>
  (await desk.get(counters, { journeyId, name }))?.count ?? 0;

/** Leaves the phase that the journey is in and enters the next; entering the same one again changes nothing. */
export const enterPhase = (desk: Pick<Desk, 'journey' | 'now' | 'note' | 'follow' | 'keep'>, phase: Phase): void => {
  const { journey } = desk;
  if (journey.phase === phase) return;
  if (journey.phase !== null) desk.note(journey.id, { kind: 'phase', phase: journey.phase, event: 'left' });
  desk.note(journey.id, { kind: 'phase', phase, event: 'entered' });
  desk.follow({
    kind: 'publish-event',
    journeyId: journey.id,
    event: `phase-${phase}`,
    at: desk.now,
    // A phase may be entered again, and that is another event.
    id: `phase-${phase}-${desk.now.replaceAll(/\D/g, '')}`,
  });
  desk.keep({ phase, phaseSince: desk.now });
};

/** Places a hold; the same reason twice is one hold. */
export const placeHold = (desk: Desk, reason: string, by: string | null): void => {
  if (desk.journey.holds.some((hold) => hold.reason === reason)) return;
  desk.keep({ holds: [...desk.journey.holds, { reason, at: desk.now, by }] });
  desk.note(desk.journey.id, { kind: 'hold', event: 'placed', reason, ...(by !== null && { by }) });
};

/** Lifts a hold, if it stands. */
export const liftHold = (desk: Desk, reason: string, by: string | null): void => {
  if (!desk.journey.holds.some((hold) => hold.reason === reason)) return;
  desk.keep({ holds: desk.journey.holds.filter((hold) => hold.reason !== reason) });
  desk.note(desk.journey.id, { kind: 'hold', event: 'lifted', reason, ...(by !== null && { by }) });
};

/** Tells what a step costs whom, as the program says. */
export const noteBilling = (desk: Desk, step: string): void => {
  const billing = desk.program.billing.find((each) => each.step === step);
  if (billing) desk.note(desk.journey.id, { kind: 'billing', step, class: billing.class });
};

/** Sets how the journey is to end; the first ending stands, also one that was followed up, and only death comes before it. */
export const setEnding = (desk: Desk, ending: NonNullable<Journey['ending']>): void => {
  const { stopped } = desk.journey;
  if (desk.journey.ending !== null) return;
  desk.keep({ ending: stopped === null || ending.kind === 'died' ? ending : { ...stopped, at: ending.at } });
};
