import { test } from 'vitest';
import { tellRandomJourneys } from '../support/chaos.ts';

test(
  'whatever patients, staff, partners, telephones and the machine do, a journey ends in one outcome, and every invariant holds (4 of 4)',
  () => tellRandomJourneys(2026_03_04),
  600_000,
);
