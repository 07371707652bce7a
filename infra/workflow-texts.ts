import type { MachineName } from '../functions/contracts/deployment.ts';
import { workflowFiles } from './workflow-lint/definition.ts';

/** A machine that deployment.ts names has no file in workflows/. */
export class MissingWorkflow extends Error {
  override readonly name = 'MissingWorkflow';
}

/** The text of every machine's file; throws MissingWorkflow. */
export const workflowTexts = (): Readonly<Record<MachineName, string>> => {
  const texts = new Map(workflowFiles().map(({ machine, text }) => [machine, text]));
  const textOf = (name: MachineName) => {
    const text = texts.get(name);
    if (text === undefined) throw new MissingWorkflow(`workflows/${name}.asl.json does not exist`);
    return text;
  };
  return {
    intake: textOf('intake'),
    cycle: textOf('cycle'),
    'dosing-day': textOf('dosing-day'),
    completion: textOf('completion'),
    appointment: textOf('appointment'),
    'staff-task': textOf('staff-task'),
    'partner-handoff': textOf('partner-handoff'),
    'safety-event': textOf('safety-event'),
  };
};
