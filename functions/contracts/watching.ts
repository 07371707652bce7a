/** What the functions measure and the alarms look at. Both sides import this file; it imports neither. */
export const METRICS = {
  /** Tasks of the clinic's people, overdue by an hour or more, that nobody has taken on. */
  OverdueTasks: 'Count',
  /** Pages of safety events that nobody has acknowledged by the clinic's second rung. */
  UnacknowledgedPages: 'Count',
  /** How long the oldest item of the outbox has been pending. */
  OldestOutboxItem: 'Seconds',
  /** E-mails and texts that a carrier refused, throttled or reported as lost. */
  FailedSends: 'Count',
} as const satisfies Record<string, 'Count' | 'Seconds'>;

export type Metric = keyof typeof METRICS;
export type Measures = Readonly<Partial<Record<Metric, number>>>;

export const METRICS_NAMESPACE = 'Throughline';

/** The event of an outbox row that cannot be read: it is set aside, so that it keeps no other waiting, and goes to a queue with an alarm. */
export const UNREADABLE_ITEM = 'outbox-item-unreadable';
