import type { Program } from '../program/program.ts';

/**
 * Why a prescriber may not order a dose without a reason: it lies outside the program's limits for the route. The system
 * compares with the order and never computes a dose (reference 0.3 rule 7). Undefined where it may be ordered.
 */
export const orderRefusal = (
  { dosing: { doseLimits, route } }: Pick<Program, 'dosing'>,
  dose: unknown,
  reason: string | null,
): string | undefined => {
  if (dose === undefined || doseLimits === undefined) return undefined;
  const { min, max, unit } = doseLimits;
  if (typeof dose !== 'number' || !(dose > 0)) return `data.dose must be a number of ${unit} above 0`;
  if ((dose >= min && dose <= max) || (reason !== null && reason.trim() !== '')) return undefined;
  return `${dose} ${unit} by ${route} is outside ${min} to ${max} ${unit}; a dose within, or a reason`;
};
