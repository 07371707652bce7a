import { describe, expect, test } from 'vitest';
import { parseProgram } from '../../../functions/domain/program/program.ts';
import { routesOf, withRoute } from '../../../functions/domain/program/routes.ts';
import { orderRefusal } from '../../../functions/domain/tasks/order.ts';
import threePhase from '../../../programs/three-phase.json' with { type: 'json' };

const program = parseProgram(threePhase);

describe('The order for a dose', () => {
  test.each<[string, unknown, string | null, string | undefined]>([
    ['at the ceiling is taken', 0.75, null, undefined],
    [
      'above it is refused without a reason',
      0.76,
      null,
      '0.76 mg/kg by im is outside 0.1 to 0.75 mg/kg; a dose within, or a reason',
    ],
    ['above it stands with a reason', 0.9, 'tolerated 0.75 without effect', undefined],
    [
      'above it is refused with a blank reason',
      0.9,
      '  ',
      '0.9 mg/kg by im is outside 0.1 to 0.75 mg/kg; a dose within, or a reason',
    ],
    ['at the floor is taken', 0.1, null, undefined],
    ['below it is refused', 0.09, null, '0.09 mg/kg by im is outside 0.1 to 0.75 mg/kg; a dose within, or a reason'],
    [
      'that is no number is refused, with or without a reason',
      '1',
      'because',
      'data.dose must be a number of mg/kg above 0',
    ],
    ['of nothing is refused', 0, 'because', 'data.dose must be a number of mg/kg above 0'],
    ['without a figure is not compared', undefined, null, undefined],
  ])('%s', (_case, dose, reason, expected) => {
    expect(orderRefusal(program, dose, reason)).toBe(expected);
  });

  test('is compared with the limits of the route that the prescriber chose', () => {
    expect(orderRefusal(withRoute(program, 'iv'), 0.6, null)).toContain('by iv is outside 0.1 to 0.5');
    expect(orderRefusal(withRoute(program, 'lozenge'), 200, null)).toBeUndefined();
  });
});

describe('A program with several routes', () => {
  test('names its first choice first', () => {
    expect(routesOf(program)).toEqual(['im', 'iv', 'lozenge', 'intranasal']);
  });
  test('is itself where nothing was chosen, and the route’s where something was', () => {
    expect(withRoute(program, null)).toBe(program);
    expect(withRoute(program, 'im')).toBe(program);
    expect(withRoute(program, 'lozenge').dosing.fasting).toEqual({ solidsHours: 4, clearLiquidsHours: 2 });
    expect(withRoute(program, 'lozenge').dosing.kit).toEqual(program.dosing.kit);
  });
});
