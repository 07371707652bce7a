/** What became of an outbox item: done and to be struck off, struck off together with what it asked for, or to stay pending. */
export type Carried = 'done' | 'struck' | 'pending';
