import type * as z from 'zod';
import { FactSheet, MEDICINE_CLASSES, parseFacts } from '../../domain/screening/facts.ts';
import { clinicals } from '../journey-rows.ts';
import { type CommandAct, CommandRefused } from './command-act.ts';
import type { Desk } from './desk.ts';
import { screenAnew } from './rescreening.ts';
import { type Facts, keepFacts, readPart } from './screening.ts';

/** New facts are screened at once; before the screening, of whose sheet little may be there, they are only added to what will be screened. */
const rescreen = async (desk: Desk, facts: Facts, by: string, told: Facts = facts): Promise<void> => {
  if (desk.journey.screening === null) await keepFacts(desk, facts, readPart);
  else await screenAnew(desk, await keepFacts(desk, facts, parseFacts), by, told);
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
  await rescreen(desk, { meds: [...new Set([...before, medicine])] }, by.id, { meds: [medicine] });
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
