import * as z from 'zod';
import { JsonRecord } from '../../domain/json-record.ts';
import { keysOf } from '../../domain/names.ts';
import type { Operation } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { PROBLEMS, Problem, type ProblemName } from './problem.ts';
import { RIGHTS } from './rights.ts';
import { PLAIN } from './values.ts';

type Json = { [key: string]: unknown };

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const HOISTED = '#/components/schemas/';

/** A schema as OpenAPI 3.1 has it, with what it shares with others put into `shared`. */
const schemaOf = (schema: z.core.$ZodType, io: 'input' | 'output', shared: Json): Json => {
  const {
    $schema: _,
    $defs,
    ...own
  } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === JsonRecord)
        Object.assign(jsonSchema, { type: 'object', propertyNames: { pattern: PLAIN, minLength: 1 } });
    },
  });
  const hoist = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(hoist);
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, inner]) => key !== 'id' || typeof inner !== 'string')
        .map(([key, inner]) => [
          key,
          key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', HOISTED) : hoist(inner),
        ]),
    );
  };
  for (const [name, definition] of Object.entries($defs ?? {})) shared[name] = hoist(definition);
  const hoisted = hoist(own);
  return isRecord(hoisted) ? hoisted : {};
};

const parametersIn = (where: 'path' | 'query', schema: z.ZodObject, shared: Json): Json[] => {
  const { properties, required } = schemaOf(schema, 'input', shared);
  const names = Array.isArray(required) ? required : [];
  return Object.entries(isRecord(properties) ? properties : {}).map(([name, one]) => ({
    name,
    in: where,
    required: names.includes(name),
    schema: one,
  }));
};

const KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'New for each request, the same when it is repeated; a repeated one gets the first answer.',
  schema: { type: 'string', pattern: '^[!#-~]{1,100}$' },
};
const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The ETag of what the asker has seen.',
  schema: { type: 'string', pattern: '^("[!#-~]{1,200}"|\\*)$' },
};

const headersOf = ({ repeating, ifMatch }: Operation): Json[] => [
  ...(repeating === null ? [] : [{ ...KEY, required: repeating === 'by-key' }]),
  ...(ifMatch ? [IF_MATCH] : []),
];

const failuresOf = ({ method, ifMatch, repeating, limit }: Operation): ProblemName[] => [
  'bad-request',
  ...(limit === null ? (['unauthenticated', 'forbidden'] as const) : (['too-many'] as const)),
  'not-found',
  'unavailable',
  ...(method === 'post' ? (['refused', 'too-large', 'wrong-content-type'] as const) : []),
  ...(ifMatch ? (['version-past'] as const) : []),
  ...(repeating === 'by-key' ? (['key-used'] as const) : []),
];

const failureOf = (name: ProblemName): [string, Json] => [
  String(PROBLEMS[name].status),
  {
    description: PROBLEMS[name].title,
    content: { 'application/problem+json': { schema: { $ref: `${HOISTED}Problem` } } },
  },
];

const operationOf = (name: keyof typeof OPERATIONS, shared: Json): Json => {
  const operation: Operation = OPERATIONS[name];
  const { params, query, body, answer, method, summary } = operation;
  return {
    operationId: name,
    summary,
    description: operation.limit === null ? `For: ${RIGHTS[name].join(', ')}.` : 'For anybody, without a token.',
    ...(operation.limit !== null && { security: [] }),
    parameters: [
      ...parametersIn('path', params, shared),
      ...parametersIn('query', query, shared),
      ...headersOf(operation),
    ],
    ...(method === 'post' && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input', shared) } } },
    }),
    responses: {
      200: {
        description: 'Done',
        content: { 'application/json': { schema: schemaOf(answer, 'output', shared) } },
      },
      ...Object.fromEntries(failuresOf(operation).map(failureOf)),
    },
  };
};

/** The OpenAPI 3.1 document, made of the same schemas that read and check every request. */
export const openApiDocument = (): Json => {
  const schemas: Json = {};
  schemaOf(z.strictObject({ problem: Problem }), 'output', schemas);
  const paths: { [path: string]: Json } = {};
  for (const name of keysOf(OPERATIONS)) {
    const { path, method } = OPERATIONS[name];
    paths[path] = { ...paths[path], [method]: operationOf(name, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Throughline',
      version: '1',
      description:
        'The journeys of a clinic for ketamine-assisted psychotherapy. Times carry offsets; lists go on by `next`.',
    },
    security: [{ token: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
};
