import * as z from 'zod';
import { parseInput } from '../problems.ts';
import type { Program } from '../program/program.ts';

const dose = z.strictObject({ amount: z.number().positive(), unit: z.enum(['mg', 'mg/kg']) });

/** A prescriber's order for one dose, as signed (reference 4.1 DD-01). It is stored and compared, never computed. */
export const Order = z.strictObject({
  drug: z.enum(['racemic', 'esketamine']),
  route: z.string().min(1),
  dose,
  /** The most that may be given today, in the same unit. */
  atMost: dose.optional(),
});
export type Order = z.infer<typeof Order>;

/** Reads an order, or throws InputRefused with one line a problem. */
export const parseOrder = (value: unknown, root = 'order'): Order => parseInput(Order, value, root);

/** What the prescriber is asked to look at again: the order against the program. An alert corrects nothing (reference 0.3 rule 7). */
export const ORDER_ALERTS = [
  'another-drug',
  'another-route',
  'another-unit',
  'below-range',
  'above-range',
  'above-its-own-most',
] as const;
export type OrderAlert = (typeof ORDER_ALERTS)[number];

/** Compares an order with the drug, the routes and the dose limits of the program. */
export const orderAlerts = (
  { drug, route, dose: { amount, unit }, atMost }: Order,
  { dosing }: Program,
): OrderAlert[] => {
  const routes = [dosing, ...(dosing.alternatives ?? [])].map((each): string => each.route);
  const limits = dosing.doseLimits;
  const most = Math.max(amount, atMost?.amount ?? amount);
  const comparable = limits !== undefined && limits.unit === unit;
  const found: Record<OrderAlert, boolean> = {
    'another-drug': drug !== dosing.drug,
    'another-route': !routes.includes(route),
    'another-unit': (limits !== undefined && limits.unit !== unit) || (atMost !== undefined && atMost.unit !== unit),
    'below-range': comparable && amount < limits.min,
    'above-range': comparable && most > limits.max,
    'above-its-own-most': atMost !== undefined && atMost.unit === unit && amount > atMost.amount,
  };
  return ORDER_ALERTS.filter((alert) => found[alert]);
};
