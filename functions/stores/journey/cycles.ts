import type { Cycle } from '../../domain/journey/cycle.ts';
import { cycles, journeyPartition } from '../journey-rows.ts';
import type { Desk } from './desk.ts';

/** All cycles of the journey, for the rules that ask whether a dose was begun. */
export const cyclesOf = (desk: Desk): Promise<Cycle[]> =>
  desk.list(cycles, journeyPartition(desk.journey.id), 'cycle#');
