import type { Route } from '../names.ts';

/** A drip works until it stops; what is sprayed, injected or dissolved works from the first dose on (reference 4.6). */
export const observedFrom = (route: Route): 'start' | 'end' => (route === 'iv' ? 'end' : 'start');
