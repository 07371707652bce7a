import { describe, expect, test } from 'vitest';
import { orderAlerts } from '../../../functions/domain/dosing/order.ts';
import { parseProgram } from '../../../functions/domain/program/program.ts';
import { routesOf, withRoute } from '../../../functions/domain/program/routes.ts';
import threePhase from '../../../programs/three-phase.json' with { type: 'json' };

const program = parseProgram(threePhase);
const order = (route: string, amount: number) => ({ drug: 'racemic', route, dose: { amount, unit: 'mg/kg' } }) as const;

describe('A program with several routes', () => {
  test('names its first choice first', () => {
    expect(routesOf(program)).toEqual(['im', 'iv', 'lozenge', 'intranasal']);
  });
  test('is itself where nothing was chosen, and the route’s where something was', () => {
    expect(withRoute(program, null)).toBe(program);
    expect(withRoute(program, 'im')).toBe(program);
    expect(withRoute(program, 'lozenge').dosing.fasting.solidsHours).toBe(4);
    expect(withRoute(program, 'lozenge').dosing.kit).toEqual(program.dosing.kit);
  });
  test('compares an order with the ceiling of the chosen route', () => {
    expect(orderAlerts(order('im', 0.75), program)).toEqual([]);
    expect(orderAlerts(order('im', 0.76), program)).toEqual(['above-range']);
    expect(orderAlerts(order('iv', 0.6), withRoute(program, 'iv'))).toEqual(['above-range']);
    expect(orderAlerts(order('lozenge', 3), withRoute(program, 'lozenge'))).toEqual([]);
  });
});
