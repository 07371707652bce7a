import * as z from 'zod';
import { figuresWithoutProvenance, provenance } from '../program/provenance.ts';
import { count, line, slug } from '../program/values.ts';

/** What every file of rules and figures has beside its content: what it is, and where each figure comes from. */
export const sourced = {
  id: slug,
  version: count,
  title: line,
  sources: z.record(z.string().min(1), line),
  provenance: z.record(z.string().min(1), provenance),
};

type Sourced = {
  readonly sources: Readonly<Record<string, string>>;
  readonly provenance: Readonly<Record<string, z.infer<typeof provenance>>>;
};

/** Refuses a figure whose origin is not told, and a source that the file does not list. */
export const checkSources = (file: Sourced, context: z.core.$RefinementCtx): void => {
  const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
  for (const path of figuresWithoutProvenance(file))
    refuse(
      path.split('.'),
      `is a figure without origin; provenance["${path}"] with a source, or "clinicalDecision": "confirm"`,
    );
  const tags = Object.keys(file.sources);
  for (const [path, { source }] of Object.entries(file.provenance))
    for (const tag of source ?? [])
      if (!tags.includes(tag))
        refuse(['provenance', path, 'source'], `unknown source "${tag}"; one of ${tags.join(', ')}`);
};
