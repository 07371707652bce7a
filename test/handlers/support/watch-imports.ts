/**
 * Imports handlers as Lambda does, in a process of its own, and prints which settings were read and which SDK clients
 * were made meanwhile. `watched` shows that both would have been seen.
 */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const [settings = '', ...files] = process.argv.slice(2);
const named = new Set(settings.split(','));
const seen: string[] = [];

const SDK = [
  'client-dynamodb',
  'client-eventbridge',
  'client-pinpoint-sms-voice-v2',
  'client-scheduler',
  'client-secrets-manager',
  'client-ses',
  'client-sfn',
  'client-sqs',
  'lib-dynamodb',
];
const names = new Map<string, string[]>();
for (const each of SDK) {
  const found = Object.keys(await import(`@aws-sdk/${each}`)).filter((name) => /^[A-Za-z]\w*$/.test(name));
  names.set(
    `@aws-sdk/${each}`,
    found.filter((name) => name !== 'default'),
  );
}

/** Stands for a class of the SDK and notes that one was made. */
const standIn = (name: string) =>
  class {
    static from() {
      return new this();
    }
    constructor() {
      seen.push(name);
    }
  };
Object.assign(globalThis, { standIn });

registerHooks({
  resolve: (specifier, context, next) =>
    names.has(specifier)
      ? { url: `watched:${specifier}`, format: 'module', shortCircuit: true }
      : next(specifier, context),
  load(url, context, next) {
    const found = names.get(url.replace('watched:', ''));
    if (found === undefined) return next(url, context);
    const source = found.map((name) => `export const ${name} = standIn('${name}');`).join('\n');
    return { format: 'module', source, shortCircuit: true };
  },
});

const settled = process.env;
process.env = new Proxy(settled, {
  get(given, name) {
    if (typeof name === 'string' && named.has(name)) seen.push(name);
    return Reflect.get(given, name);
  },
});

const loaded: unknown[] = [];
for (const file of files) loaded.push(await import(pathToFileURL(file).href));
const before = seen.splice(0);

const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
new DynamoDBClient({});
void process.env.TABLE;

const report = {
  imported: loaded.length,
  read: before.filter((name) => named.has(name)),
  made: before.filter((name) => !named.has(name)),
  watched: seen,
};
console.log(JSON.stringify(report));
