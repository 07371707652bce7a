import { describe, expect, test } from 'vitest';
import type { Indication } from '../../../functions/domain/names.ts';
import { parseProgram } from '../../../functions/domain/program/program.ts';
import { withIndication } from '../../../functions/domain/screening/indications.ts';
import { reviewRole, type ScreeningResult } from '../../../functions/domain/screening/screen.ts';
import northwestIv from '../../../programs/northwest-iv.json' with { type: 'json' };
import therapistLed from '../../../programs/therapist-led.json' with { type: 'json' };
import threePhase from '../../../programs/three-phase.json' with { type: 'json' };

const found = (over: Partial<ScreeningResult> = {}): ScreeningResult => ({
  disposition: 'eligible',
  reasons: [],
  notes: [],
  reasonOutcomes: {},
  fired: [],
  rulesetVersion: 'kap-screening@1',
  overrides: {},
  highPriority: [],
  ...over,
});

const seen = (indication: Indication, substanceUseCare = false, over: Partial<ScreeningResult> = {}) =>
  withIndication(found(over), parseProgram(threePhase), { indication, reasons: [] }, { substanceUseCare });

describe('What a patient comes for', () => {
  test('is taken as it is where the program treats it', () => {
    expect(seen('ptsd')).toEqual(found());
  });
  test('is for the prescriber to judge where the program does not name it', () => {
    const result = seen('bipolar_depression');
    expect(result).toMatchObject({ disposition: 'review', reasons: ['INDICATION_NOT_OFFERED'] });
    expect(reviewRole(result)).toBe('provider');
  });
  test('recovery from substance use needs an appropriate setting, and then the medical director’s review', () => {
    expect(seen('sud_support')).toMatchObject({ disposition: 'ineligible', reasons: ['SETTING_NOT_APPROPRIATE'] });
    const cared = seen('sud_support', true);
    expect(cared).toMatchObject({ disposition: 'review', reasons: ['SUD_SUPPORT_REVIEW'] });
    expect(reviewRole(cared)).toBe('medical-director');
  });
  test('makes nothing milder that the table has found', () => {
    expect(seen('bipolar_depression', false, { disposition: 'crisis', reasons: ['X'] })).toMatchObject({
      disposition: 'crisis',
      reasons: ['INDICATION_NOT_OFFERED', 'X'],
    });
  });
  test('anything is taken by a program without a list', () => {
    const program = parseProgram(northwestIv);
    expect(
      withIndication(found(), program, { indication: 'unknown', reasons: [] }, { substanceUseCare: false }),
    ).toEqual(found());
  });
  test('early evidence is noted for whoever clears the patient', () => {
    const program = parseProgram(therapistLed);
    const note = (reasons: string[]) =>
      withIndication(found({ notes: ['A'] }), program, { indication: 'mdd', reasons }, { substanceUseCare: false })
        .notes;
    expect(note(['eating-disorder'])).toEqual(['A', 'EARLY_EVIDENCE']);
    expect(note(['ptsd'])).toEqual(['A']);
  });
});
