import { type Check, ok, toDo } from '../finding.ts';

/** Node is the one that `npm ci` brought, or newer: `wanted` is the engine of package.json, such as `>=24.12`. */
export const node = ({ version, wanted }: { readonly version: string; readonly wanted: string }): Check => ({
  name: 'Node',
  look: async () => {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const [needed = 0, least = 0] = wanted.replace('>=', '').split('.').map(Number);
    return major > needed || (major === needed && minor >= least)
      ? [ok(version)]
      : [toDo(`found ${version}; run npm ci, and every command through npm, for ${wanted}`)];
  },
});
