import type { Program } from '../program/program.ts';
import { ACUTE_SYMPTOMS } from '../screening/facts.ts';

/** One set of readings during a session; what was not read is absent. Blood pressure in mmHg, oxygen in percent, breaths a minute. */
export type Readings = {
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly spo2?: number | undefined;
  readonly respiratoryRate?: number | undefined;
  /** MOAA/S, 0 to 5. */
  readonly moaas?: number | undefined;
  readonly symptoms?: readonly string[] | undefined;
};

/**
 * What a set of readings calls for, the most urgent first (reference 4.4). The monitor sounds its own alarms; this is what
 * the record asks people to do, and no more.
 */
export const SESSION_ALERTS = {
  /** A red-flag symptom: 911. */
  emergency: { tell: 'emergency' },
  /** Oxygen, breathing or response below the line: the rescue call of the clinic. */
  rescue: { tell: 'rescue' },
  /** The prescriber comes to the bedside and considers stopping. */
  'severe-pressure': { tell: 'prescriber-at-bedside' },
  /** Read again after the program's time, and the prescriber is told. */
  'pressure-rise': { tell: 'prescriber' },
  /** One step above the line: somebody stays and watches. */
  'deep-sedation': { tell: 'continuous-observation' },
} as const;
export type SessionAlert = keyof typeof SESSION_ALERTS;

type Alerts = Program['monitoring']['alerts'];

const atLeast = (value: number | undefined, limit: number): boolean => value !== undefined && value >= limit;
const below = (value: number | undefined, limit: number): boolean => value !== undefined && value < limit;

const rise = (now: number | undefined, before: number | undefined): number | undefined =>
  now === undefined || before === undefined ? undefined : now - before;

/** Compares readings with the program's limits, and blood pressure with the baseline of the day. */
export const sessionAlerts = (
  readings: Readings,
  baseline: Pick<Readings, 'sbp' | 'dbp'>,
  limits: Alerts,
): SessionAlert[] => {
  const { sbp, dbp, spo2, respiratoryRate, moaas, symptoms = [] } = readings;
  const found: Record<SessionAlert, boolean> = {
    emergency: symptoms.some((symptom) => ACUTE_SYMPTOMS.some((each) => each === symptom)),
    rescue:
      below(spo2, limits.spo2Below) ||
      below(respiratoryRate, limits.respiratoryRateBelow) ||
      (moaas !== undefined && moaas <= limits.moaasAtMost),
    'severe-pressure': atLeast(sbp, limits.sbp) || atLeast(dbp, limits.dbp),
    'pressure-rise':
      atLeast(rise(sbp, baseline.sbp), limits.sbpRise) || atLeast(rise(dbp, baseline.dbp), limits.dbpRise),
    'deep-sedation': moaas === limits.moaasAtMost + 1,
  };
  const order: readonly SessionAlert[] = ['emergency', 'rescue', 'severe-pressure', 'pressure-rise', 'deep-sedation'];
  return order.filter((alert) => found[alert]);
};
