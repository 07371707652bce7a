import type { Limit } from '../../domain/limits/fixed-window.ts';

const HOUR = 3_600;

/**
 * How often what needs no token may be asked for: by one visitor, and of one link. A household, or a clinic's waiting room, shares an
 * address; who tries out dates of birth or fills the coordinator's list gets no further.
 */
export const PUBLIC_LIMITS = {
  'consult-request': { most: 6, seconds: HOUR },
  'link-visitor': { most: 60, seconds: HOUR },
  link: { most: 30, seconds: HOUR },
} as const satisfies Record<string, Limit>;
