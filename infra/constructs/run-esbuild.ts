import { readFileSync } from 'node:fs';
import { build, type Metafile } from 'esbuild';
import { leavingOut } from './left-out.ts';

/** What is to be bundled: files by the names of their bundles, into a folder, with other files for some names of modules. */
export type Bundling = {
  readonly outdir: string;
  readonly files: Readonly<Record<string, string>>;
  readonly alias: Readonly<Record<string, string>>;
  /** The bundles that make JSON Schemas of their zod schemas. */
  readonly jsonSchemas: readonly string[];
};

/** Loaded by the SDK only for calls that stream events, which none of ours does: 16 kB in each function. */
const STREAMS_OF_EVENTS = '@smithy/core/event-streams';

const bundle = async ({ outdir, files, alias, jsonSchemas }: Bundling): Promise<Metafile> => {
  const made = await Promise.all(
    [true, false].map((makes) =>
      build({
        entryPoints: Object.fromEntries(
          Object.entries(files)
            .filter(([name]) => jsonSchemas.includes(name) === makes)
            .map(([name, file]) => [`${name}/index`, file]),
        ),
        outdir,
        bundle: true,
        minify: true,
        // Lambda requires it, and Node reads it and the data beside it faster than a module (docs/performance.md).
        format: 'cjs',
        platform: 'node',
        target: 'node24',
        mainFields: ['module', 'main'],
        metafile: true,
        logLevel: 'error',
        // A module that is imported when it is needed is required then: as a module Node would read all that 'node:http' can give.
        supported: { 'dynamic-import': false },
        external: [STREAMS_OF_EVENTS],
        plugins: [leavingOut({ jsonSchemas: makes })],
        loader: { '.json': 'copy' },
        // The clinic's own files take the place of those that are read while developing (package.json, imports).
        alias: { ...alias },
      }),
    ),
  );
  return {
    inputs: Object.assign({}, ...made.map(({ metafile }) => metafile.inputs)),
    outputs: Object.assign({}, ...made.map(({ metafile }) => metafile.outputs)),
  };
};

// In a process of its own: esbuild takes plugins only where it is waited for, and CDK's constructs wait for nothing.
process.stdout.write(JSON.stringify(await bundle(JSON.parse(readFileSync(0, 'utf8')))));
