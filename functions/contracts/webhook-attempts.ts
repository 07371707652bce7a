/** Seconds from each attempt to the next; together a day and a half, in which a system that is down comes back. */
const PAUSES = [10, 60, 300, 1_800, 7_200, 18_000, 36_000, 43_200] as const;

/** How often an event is tried at one endpoint before it is laid aside for a person. */
export const WEBHOOK_ATTEMPTS = PAUSES.length + 1;

/** How long to wait after the attempt of this number, counted from 1, in seconds. */
export const pauseAfter = (attempt: number): number => PAUSES[Math.min(attempt, PAUSES.length) - 1] ?? PAUSES[0];
