import { writeFileSync } from 'node:fs';
import { openApiDocument } from '../functions/contracts/api/openapi.ts';

// Kept beside the pages, so that a change of what other systems rely on is seen where it is read.
writeFileSync(new URL('../docs/openapi.json', import.meta.url), `${JSON.stringify(openApiDocument(), undefined, 2)}\n`);
