import { type CommandAct, CommandRefused } from './command-act.ts';
import { setEndingByDeath } from './dying.ts';
import { openSafetyEvent } from './safety.ts';

/** By the grades of CTCAE (reference 6.1, S50): 1 mild ... 4 life-threatening, 5 death. */
const DEATH = 5;

/** Records what went wrong; from grade 3 on it holds the series and pages, death ends everything at once. */
export const reportAdverseEvent: CommandAct = async (desk, { data, by }) => {
  const { grade } = data;
  if (typeof grade !== 'number' || !Number.isInteger(grade) || grade < 1 || grade > DEATH)
    throw new CommandRefused(`grade is ${JSON.stringify(grade ?? null)}; a whole number from 1 to 5`);
  const event = { type: 'adverse-event', severity: grade, source: by.role, by: by.id } as const;
  await openSafetyEvent(desk, event);
  return grade === DEATH ? setEndingByDeath(desk) : [];
};

/** Opens a crisis of its own, also while another is open: none is lost in an older one. */
export const reportCrisis: CommandAct = async (desk, { by }) => {
  await openSafetyEvent(desk, { type: 'crisis', severity: null, source: by.role, by: by.id });
  return [];
};
