/** A piece of source and what stands in its place while a guard is off. */
export type Piece = { readonly file: string; readonly source: string; readonly off: string };

/** A test that has to fail: its file, and words of its name. */
export type Suite = { readonly file: string; readonly test: string };

/** What keeps an invariant, how it is switched off, and who must notice that. */
export type Guard = {
  readonly id: string;
  /** The number of the invariant that it guards, 1 to 12. */
  readonly invariant: number;
  /** What would happen without it. */
  readonly keepsFrom: string;
  /** More than one where a second guard stands behind the first and would hide that it is off. */
  readonly pieces: readonly Piece[];
  /** The test that notices it where random journeys cannot, and why they cannot; without it they must. */
  readonly instead?: Suite & { readonly because: string };
};
