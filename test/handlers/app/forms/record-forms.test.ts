import { describe, expect, test } from 'vitest';
import { type RecordContext, taskData } from '../../../../functions/contracts/api/task-data.ts';
import { type JsonRecord, JsonRecord as Read } from '../../../../functions/domain/json-record.ts';
import { type MeasureId, TASK_KINDS, type TaskKind } from '../../../../functions/domain/names.ts';
import { InputRefused } from '../../../../functions/domain/problems.ts';
import { HEALTHY_FACTS, parseFacts } from '../../../../functions/domain/screening/facts.ts';
import { EMPTY } from '../../../../functions/handlers/app/forms/fields.ts';
import { postedRecord } from '../../../../functions/handlers/app/forms/posted-record.ts';
import { recordFields } from '../../../../functions/handlers/app/forms/record-fields.ts';
import { NONE, OPEN } from '../../../../functions/handlers/app/forms/record-names.ts';
import { shapeOf } from '../../../../functions/handlers/app/forms/record-shape.ts';
import { bundledData, libraryOf } from '../../../../functions/stores/bundled-library.ts';

const ZONE = 'America/Los_Angeles';
const library = libraryOf(bundledData());

const contextOf = (id: string, measure?: MeasureId): RecordContext => {
  const program = library.programs().find((each) => each.id === id);
  if (program === undefined) throw new Error(id);
  return {
    about: undefined,
    program: library.program(program),
    clinic: library.clinic(),
    care: library.care(),
    measure: measure && library.measure(measure),
  };
};
const USUAL = contextOf('northwest-iv', 'phq9');

const posted = (kind: TaskKind, texts: Record<string, string>, context = USUAL): JsonRecord =>
  postedRecord(taskData(kind, context), texts, 'data', ZONE);

const refusals = (kind: TaskKind, texts: Record<string, string>): string[] => {
  try {
    posted(kind, texts);
  } catch (error) {
    if (error instanceof InputRefused) return error.problems;
    throw error;
  }
  return [];
};

/** A record as somebody would fill it into the form, field by field. */
const typed = (name: string, value: unknown): [string, string][] => {
  if (value === null) return [[name, OPEN]];
  if (typeof value === 'boolean') return [[name, value ? 'yes' : 'no']];
  if (Array.isArray(value)) return (value.length === 0 ? [NONE] : value).map((each) => [`${name}.${each}`, 'yes']);
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([part, inner]) => typed(`${name}.${part}`, inner));
  return [[name, String(value)]];
};

const page = async (kind: TaskKind, context = USUAL): Promise<string> =>
  String(await recordFields(EMPTY, 'data', shapeOf(taskData(kind, context))));

describe('The form of a task', () => {
  test.each(library.programs().flatMap(({ id }) => TASK_KINDS.map((kind) => [kind, id] as const)))(
    'of the kind %s in %s has a label for every field, and its names once',
    async (kind, id) => {
      const form = await page(kind, contextOf(id, 'phq9'));
      const ids = [...form.matchAll(/ id="([^"]+)"/g)].map(([, each]) => each);
      expect(new Set(ids).size).toBe(ids.length);
      const labelled = [...form.matchAll(/ for="([^"]+)"/g)].map(([, each]) => each);
      expect(labelled.toSorted()).toEqual(ids.toSorted());
    },
  );

  test('left empty records nothing, whatever the kind: nothing is answered for anybody', () => {
    for (const kind of TASK_KINDS) expect(posted(kind, {})).toEqual({});
  });

  test('takes a whole screening, with what is not known, as the rules read it', () => {
    // A number that is not known is ticked below its field, not written into it.
    const { facts } = posted('answer-screening', Object.fromEntries(typed('data.facts', HEALTHY_FACTS)));
    expect(parseFacts(facts)).toEqual(HEALTHY_FACTS);
    expect(posted('answer-screening', { [`data.facts.egfr.${OPEN}`]: 'yes' })).toEqual({ facts: { egfr: null } });
  });

  test('tells "none of these" from a question that nobody asked', () => {
    expect(posted('dosing-day-check', { [`data.takenToday.${NONE}`]: 'yes' })).toEqual({ takenToday: [] });
    expect(
      posted('dosing-day-check', { 'data.takenToday.opioid': 'yes', 'data.takenToday.nasal_steroid': 'yes' }),
    ).toEqual({
      takenToday: ['opioid', 'nasal_steroid'],
    });
    expect(
      refusals('dosing-day-check', { [`data.symptoms.${NONE}`]: 'yes', 'data.symptoms.chest_pain': 'yes' }),
    ).toEqual(['data.symptoms: found chest_pain and none of these; allowed: one or the other']);
  });

  test('shows the questions of a form with its words, and takes the answers by item', async () => {
    const form = await page('answer-measure');
    expect(form).toContain('Feeling down, depressed, or hopeless');
    expect(form).toContain('More than half the days');
    expect(form).not.toMatch(/<input[^>]* checked/);
    expect(form).toContain('Over the last 2 weeks');
    expect(form).toContain('No permission required to reproduce');
    expect(posted('answer-measure', { 'data.answers.down': '2', 'data.answers.item-9': '0' })).toEqual({
      answers: { down: 2, 'item-9': 0 },
    });
  });

  test('takes the order of a dose, and the times of a pair by the clinic’s clock', () => {
    expect(
      posted('dose-order', {
        'data.order.drug': 'racemic',
        'data.order.route': 'iv',
        'data.order.dose.amount': '0,5',
        'data.order.dose.unit': 'mg/kg',
      }),
    ).toEqual({ order: { drug: 'racemic', route: 'iv', dose: { amount: 0.5, unit: 'mg/kg' } } });
    expect(
      posted('book-pair', {
        'data.dosing.startsAt': '2026-11-24T10:00',
        'data.integration.startsAt': '2026-11-25T10:00',
      }),
    ).toEqual({
      dosing: { startsAt: '2026-11-24T18:00:00.000Z' },
      integration: { startsAt: '2026-11-25T18:00:00.000Z' },
    });
  });

  test('takes as many rows of readings as were filled in, and points at the row that was wrong', () => {
    const rows = { 'data.readings[0].at': '2026-11-24T10:15', 'data.readings[2].at': '2026-11-24T10:45' };
    expect(posted('record-dose', { ...rows, 'data.readings[2].sbp': '131' })).toEqual({
      readings: [{ at: '2026-11-24T18:15:00.000Z' }, { at: '2026-11-24T18:45:00.000Z', sbp: 131 }],
    });
    expect(refusals('record-dose', { ...rows, 'data.readings[2].sbp': '1310' })).toEqual([
      'data.readings[2].sbp: found 1310; allowed: at most 400',
    ]);
  });

  test.each<[string, TaskKind, Record<string, string>, string]>([
    ['letters for a number', 'discharge', { 'data.spo2': 'fine' }, 'data.spo2: found "fine"; allowed: a number'],
    ['a score above its scale', 'discharge', { 'data.aldrete': '11' }, 'data.aldrete: found 11; allowed: at most 10'],
    ['half an order', 'dose-order', { 'data.order.drug': 'racemic' }, 'data.order.route: missing; allowed: one of iv'],
    [
      'a choice that there is not',
      'discharge',
      { 'data.calm': 'perhaps' },
      'data.calm: found "perhaps"; allowed: true or false',
    ],
    [
      'a number and "not known"',
      'answer-screening',
      { 'data.facts.egfr': '60', [`data.facts.egfr.${OPEN}`]: 'yes' },
      'data.facts.egfr: found 60 and not known; allowed: one or the other',
    ],
  ])('refuses %s at its field', (_, kind, texts, problem) => {
    expect(refusals(kind, texts)).toContain(problem);
  });

  test('asks for what the program has: the parts of its integration, the line of an infusion', async () => {
    expect(await page('record-integration')).toContain('Practical changes');
    expect(await page('discharge')).toContain('Intravenous line taken out');
    expect(await page('discharge', contextOf('therapist-led'))).not.toContain('Intravenous line');
    expect(Read.safeParse(posted('record-integration', { 'data.shifts': 'calmer' })).data).toEqual({
      shifts: 'calmer',
    });
  });
});
