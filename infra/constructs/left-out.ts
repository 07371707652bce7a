import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** A file of a package that functions never get to, or that something smaller does the work of. */
type LeftOut = {
  /** The end of its path. */
  readonly file: string;
  /** What stands in its place; without it, whoever calls one of its exports is told that it was left out. */
  readonly instead?: string;
};

const CORE = '@smithy/core/dist-es/submodules';

/** What zod makes JSON Schemas of: 19 kB, and only one function makes some. */
const JSON_SCHEMAS: readonly LeftOut[] = [
  { file: 'zod/v4/core/json-schema-processors.js' },
  { file: 'zod/v4/core/to-json-schema.js' },
];

/** What the SDK's clients bring for other places than Lambda, or for settings that no function has. */
const OF_OTHER_PLACES: readonly LeftOut[] = [
  {
    // Lambda hands credentials over in the environment. The other ways are those of laptops, containers and single sign-on.
    file: '@aws-sdk/credential-provider-node/dist-es/index.js',
    instead: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
  },
  {
    // A function has no home with a file of settings in it.
    file: `${CORE}/config/shared-ini-file-loader/loadSharedConfigFiles.js`,
    instead: `export { CONFIG_PREFIX_SEPARATOR } from './constants';
      export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
  },
  // For a Node without SHA-256 of its own.
  { file: `${CORE}/checksum/sha256/Sha256Js.js` },
  // For the retry mode "adaptive".
  { file: `${CORE}/retry/util-retry/DefaultRateLimiter.js` },
  // For machines that ask the network where they are.
  { file: `${CORE}/config/config-resolver/regionConfig/getInstanceMetadataRegion.js` },
  { file: `${CORE}/serde/util-stream/sdk-stream-mixin.browser.js` },
];

const EXPORTED = /^export (?:async )?(?:const|let|class|function) (\w+)/gm;

/** Whoever is called `create...` gives back what would throw: zod makes some for each schema that it describes to other libraries, and calls none. */
const throwing = (path: string, file: string): string => {
  const names = [...readFileSync(path, 'utf8').matchAll(EXPORTED)].map(([, name = '']) => name);
  return `
    function gone() { throw new Error('${file} was left out of this bundle'); }
    function made() { return gone; }
    export { ${names.map((name) => `${name.startsWith('create') ? 'made' : 'gone'} as ${name}`).join(', ')} };`;
};

/** Puts what stands in their place where files of packages are left out; zod's JSON Schemas stay for those that make some. */
export const leavingOut = ({ jsonSchemas }: { readonly jsonSchemas: boolean }): Plugin => ({
  name: 'left-out',
  setup({ onLoad }) {
    for (const { file, instead } of [...(jsonSchemas ? [] : JSON_SCHEMAS), ...OF_OTHER_PLACES])
      onLoad({ filter: new RegExp(`node_modules/${file.replaceAll('.', String.raw`\.`)}$`) }, ({ path }) => ({
        contents: instead ?? throwing(path, file),
      }));
  },
});
