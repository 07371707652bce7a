import * as z from 'zod';
import { roomChecklist } from '../../domain/dosing/checklists.ts';
import { Order } from '../../domain/dosing/order.ts';
import { SessionReading } from '../../domain/dosing/session-readings.ts';
import { NOT_BEFORE_NASAL } from '../../domain/gates/dosing-day-patient.ts';
import { dischargeLimits } from '../../domain/program/dosing.ts';
import { routesOf } from '../../domain/program/routes.ts';
import { ACUTE_SYMPTOMS, MEDICINE_CLASSES } from '../../domain/screening/facts.ts';
import type { RecordContext } from './task-data.ts';
import { day, instantGiven, oneOf } from './worded.ts';

const { sbp, dbp, heartRate, spo2, respiratoryRate, moaas, dissociation } = SessionReading.shape;
const yesNo = z.boolean();
/** A rule looks for the codes of these; what has none is `other`, and the prescriber's to judge. */
const symptoms = z.array(z.enum([...ACUTE_SYMPTOMS, 'other']));

/** The screener since the last contact, by item; its wording is Columbia's, and is read from the clinic's own copy. */
const cssrs = z.strictObject({ q1: yesNo, q2: yesNo, q3: yesNo, q4: yesNo, q5: yesNo, q6: yesNo }).partial();

const readings = z.array(SessionReading.extend({ at: instantGiven, symptoms: symptoms.optional() }));

/** Signs that a rule of the follow-up knows, and one that none does: a provider reads that too. */
const signsOf = ({ care }: RecordContext) =>
  z.array(z.enum([...new Set([...care.followUp.signals.flatMap(({ signs }) => signs), 'other'])]));

/** What was found at check-in (rehearsal: Tasks); esketamine has questions of its own. */
export const dosingDayCheck = ({ care, program }: RecordContext): z.ZodRawShape => ({
  identity: yesNo,
  orderSigned: yesNo,
  agrees: yesNo,
  oriented: yesNo,
  moaas,
  sbp,
  dbp,
  heartRate,
  spo2,
  respiratoryRate,
  temperatureC: z.number(),
  lastAteAt: instantGiven,
  lastDrankAt: instantGiven,
  takenToday: z.array(z.enum([...new Set([...MEDICINE_CLASSES, ...NOT_BEFORE_NASAL])])),
  newMedicines: z.array(z.enum(MEDICINE_CLASSES)),
  symptoms,
  substances24h: yesNo,
  couldBePregnant: yesNo,
  pregnancyTest: z.enum(['negative', 'positive']),
  pregnancyTestOn: day,
  cssrs,
  escortReachable: yesNo,
  roomSigned: yesNo,
  roomItems: z.array(oneOf(roomChecklist(care.dosingDay, program).map(({ id, text }) => [id, text]))),
  chaperonePresent: yesNo,
  videoLive: yesNo,
  addressConfirmed: yesNo,
  emergencyContactConfirmed: yesNo,
  ...(program.dosing.drug === 'esketamine' && {
    remsSiteCertified: yesNo,
    remsPatientEnrolled: yesNo,
    prescriberOnSite: yesNo,
    monitorOnSite: yesNo,
  }),
});

export const doseOrder = ({ program }: RecordContext): z.ZodRawShape => ({
  order: Order.extend({ route: z.enum(routesOf(program)) }),
  prescribing: z.strictObject({ patientState: z.string().max(60), monitoringCheckedOn: day }).partial(),
});

export const recordDose = (): z.ZodRawShape => ({ startedAt: instantGiven, endedAt: instantGiven, readings });

export const completeReadings = (): z.ZodRawShape => ({ readings });

/** The boxes of the discharge checklist (reference 4.6) that somebody has to tick or measure. */
export const discharge = (context: RecordContext): z.ZodRawShape => ({
  moaas,
  dissociation,
  aldrete: dischargeLimits.shape.aldreteAtLeast,
  oriented: yesNo,
  sbp,
  dbp,
  heartRate,
  spo2,
  walksUnaided: yesNo,
  nauseaControlled: yesNo,
  drinks: yesNo,
  ...(context.program.dosing.route === 'iv' && { lineOut: yesNo }),
  calm: yesNo,
  cssrs,
  escortPresent: yesNo,
  escortIdentified: yesNo,
  notDriving: yesNo,
  instructionsGiven: yesNo,
  checkInScheduled: yesNo,
  ...(context.program.dosing.drug === 'esketamine' && { remsFormOpened: yesNo }),
  signs: signsOf(context),
  readings,
});

export const nextDayCheckIn = (context: RecordContext): z.ZodRawShape => ({ signs: signsOf(context), cssrs });
