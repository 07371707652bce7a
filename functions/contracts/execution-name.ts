/** At most so many characters (Step Functions). */
const LONGEST = 80;

/** The name of an execution: the journey and what tells its executions apart at the end, so a long one loses its middle. */
const executionName = (journeyId: string, ...parts: (string | number)[]): string => {
  const name = [journeyId, ...parts].join('-');
  return name.length <= LONGEST ? name : `${name.slice(0, LONGEST / 2)}${name.slice(-LONGEST / 2)}`;
};

/** Which execution works for a line of a journey under its epoch. */
export type ExecutionPlace = { readonly machine: string; readonly name: string };

/** The execution of a part of the main line. */
export const mainExecution = (head: {
  journeyId: string;
  machine: string;
  number: number;
  epoch: number;
}): ExecutionPlace => ({
  machine: head.machine,
  name: executionName(head.journeyId, head.machine, head.number, head.epoch),
});

/** The execution of a task that stands by itself. */
export const taskExecution = (line: { journeyId: string; line: string; epoch: number }): ExecutionPlace => ({
  machine: 'staff-task',
  name: executionName(line.journeyId, line.line, line.epoch),
});

/** The execution of a safety event. */
export const safetyExecution = (event: { journeyId: string; eventId: string; epoch: number }): ExecutionPlace => ({
  machine: 'safety-event',
  name: executionName(event.journeyId, event.eventId, event.epoch),
});
