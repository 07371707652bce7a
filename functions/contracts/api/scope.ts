/** What a token has to be for before anything is answered. */
export const API_SCOPE = 'throughline/api';
