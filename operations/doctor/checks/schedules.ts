import { type Check, notKnown, unless } from '../finding.ts';

/** What keeps reminders and rounds coming. */
export type Flow = {
  /** The state of the schedule group, such as ACTIVE. */
  readonly group: string | undefined;
  /** The state of the rule that calls the sweep, such as ENABLED. */
  readonly sweepRule: string | undefined;
  /** How often the heartbeat, which is a schedule like a reminder's, came in the last 15 minutes; undefined where nobody counts. */
  readonly heartbeats: number | undefined;
  /** The same of the sweep. */
  readonly sweeps: number | undefined;
};

/** Reminders are fired and the sweep runs, at this very quarter of an hour. */
export const schedules = ({ flow }: { readonly flow: () => Promise<Flow> }): Check => ({
  name: 'schedules',
  look: async () => {
    const { group, sweepRule, heartbeats, sweeps } = await flow();
    const problems = [
      ...(group === 'ACTIVE' ? [] : [`the schedule group is ${group ?? 'not there'}; deploy again`]),
      ...(sweepRule === 'ENABLED'
        ? []
        : [`the rule of the sweep is ${sweepRule ?? 'not there'}; enable it, or deploy again`]),
      ...(heartbeats === 0
        ? ['no schedule has fired for 15 minutes, not even the heartbeat; see docs/runbook.md, reminders stopped']
        : []),
      ...(sweeps === 0 ? ['the sweep has not run for 15 minutes; see docs/runbook.md, reminders stopped'] : []),
    ];
    if (problems.length === 0 && (sweeps ?? heartbeats) === undefined)
      return [notKnown('nobody counts how often schedules fire and the sweep runs')];
    return unless(problems, `${heartbeats} heartbeats and ${sweeps} sweeps in the last 15 minutes`);
  },
});
