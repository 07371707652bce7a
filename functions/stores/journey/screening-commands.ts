import type * as z from 'zod';
import { UNCLEARED } from '../../domain/journey/deadlines.ts';
import { isPending } from '../../domain/journey/task.ts';
import { FactSheet, MEDICINE_CLASSES, parseFacts } from '../../domain/screening/facts.ts';
import { clinicals, journeyPartition, tasks } from '../journey-rows.ts';
import { type CommandAct, CommandRefused } from './command-act.ts';
import { countUp, type Desk, placeHold } from './desk.ts';
import { startDetached } from './detached.ts';
import { endByClinician } from './ending.ts';
import { isToFinish, screenNow } from './screening.ts';
import { openCrisisOfAnswers } from './screening-effects.ts';
import { stopBooking, supersedeWhere } from './signals.ts';

const isScreeningReview = ({ kind }: { kind: string }): boolean => kind === 'screening-review';

/** Voids the medical clearance, holds the booked dose, and asks for a review and then for a new clearance. */
export const voidClearance = async (desk: Desk, by: string): Promise<void> => {
  const { journey } = desk;
  const voided = journey.clearances.map((each) =>
    each.kind === 'medical' && each.voidedAt === null ? { ...each, voidedAt: desk.now } : each,
  );
  desk.keep({ clearances: voided });
  placeHold(desk, UNCLEARED, by);
  await stopBooking(desk);
  desk.follow({ kind: 'keep-deadline', journeyId: journey.id, deadline: 'uncleared-dose' });
};

/** New facts are screened at once; before the screening they are only added to what will be screened. */
const rescreen = async (desk: Desk, facts: Record<string, z.core.util.JSONType>, by: string): Promise<void> => {
  const clinical = await desk.need(clinicals, desk.journey.id);
  const all = { ...clinical.facts, ...facts };
  const sheet = parseFacts(all);
  desk.put(clinicals, { ...clinical, facts: all });
  await screenAnew(desk, sheet, by);
};

/** Screens a patient again while care goes on: what is found holds it until it was reviewed and the patient cleared anew. */
export const screenAnew = async (desk: Desk, sheet: FactSheet, by: string): Promise<void> => {
  const { screening, phase, ending } = desk.journey;
  if (screening === null || ending !== null || desk.journey.seriesEndedAt !== null) return;
  const found = await screenNow(desk, sheet);
  await supersedeWhere(desk, 'screened-anew', isScreeningReview, { gates: true });
  if (found.disposition === 'crisis') await openCrisisOfAnswers(desk, 'screening', null);
  if (phase === 'screening' || found.disposition === 'eligible') return;
  if (found.disposition !== 'crisis' && found.reviewRole === null && (await isToFinish(desk, sheet))) {
    await voidClearance(desk, by);
    await askToFinish(desk);
    return;
  }
  if (found.disposition !== 'crisis' && found.reviewRole === null) {
    await endByClinician(desk, found.reasons.join(', '));
    return;
  }
  await voidClearance(desk, by);
  const role = found.reviewRole ?? 'medical-director';
  await startDetached(desk, {
    kind: 'screening-review',
    role,
    about: `rescreen-${await countUp(desk, desk.journey.id, 'rescreen')}`,
  });
};

/** The patient is asked again for what nobody can decide without, unless they are being asked already. */
const askToFinish = async (desk: Desk): Promise<void> => {
  const asked = await desk.list(tasks, journeyPartition(desk.journey.id), 'task#rescreen-');
  if (asked.some(isPending)) return;
  await startDetached(desk, { kind: 'rescreen', about: `open-${await countUp(desk, desk.journey.id, 'rescreen')}` });
};

/** A medicine that the patient now takes, by its class. */
export const newMedication: CommandAct = async (desk, { data, by }) => {
  const medicine = MEDICINE_CLASSES.find((each) => each === data.class);
  if (medicine === undefined)
    throw new CommandRefused(
      `unknown class ${JSON.stringify(data.class ?? null)}; one of ${MEDICINE_CLASSES.join(', ')}`,
    );
  const { facts } = await desk.need(clinicals, desk.journey.id);
  const before = Array.isArray(facts.meds) ? facts.meds : [];
  await rescreen(desk, { meds: [...new Set([...before, medicine])] }, by.id);
  return [];
};

const fields: Readonly<Record<string, z.ZodType>> = FactSheet.shape;

/** A finding about the patient: one field of the fact sheet and its new value. */
export const newDiagnosis: CommandAct = async (desk, { data, by }) => {
  const { field, value } = data;
  const schema = typeof field === 'string' && Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (schema === undefined || typeof field !== 'string')
    throw new CommandRefused(
      `unknown field ${JSON.stringify(field ?? null)}; one of ${Object.keys(fields).join(', ')}`,
    );
  if (value === undefined || !schema.safeParse(value).success)
    throw new CommandRefused(`${field} cannot have that value`);
  await rescreen(desk, { [field]: value }, by.id);
  return [];
};
