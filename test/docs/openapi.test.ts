import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../functions/contracts/api/openapi.ts';
import type { Operation } from '../../functions/contracts/api/operation.ts';
import { OPERATIONS } from '../../functions/contracts/api/operations.ts';
import { keysOf } from '../../functions/domain/names.ts';

const document = JSON.parse(JSON.stringify(openApiDocument()));

describe('the OpenAPI document', () => {
  test('in docs is the one that the schemas make now (npm run openapi)', () => {
    const kept = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'));
    expect(kept).toEqual(document);
  });

  test.each(keysOf(OPERATIONS))('%s stands in it, with who may use it and every way in which it fails', (name) => {
    const operation: Operation = OPERATIONS[name];
    const told = document.paths[operation.path][operation.method];
    expect(told).toMatchObject({
      operationId: name,
      summary: operation.summary,
      description: expect.stringMatching(operation.limit === null ? /^For: / : /^For anybody/),
    });
    // Who needs no token is told when they come too often; all others, when nobody knows them.
    const failures = operation.limit === null ? ['401', '403'] : ['429'];
    expect(told.security).toEqual(operation.limit === null ? undefined : []);
    expect(Object.keys(told.responses)).toEqual(expect.arrayContaining(['200', '400', '404', '503', ...failures]));
    const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, param]) => param);
    const params = told.parameters.filter((each: { in: string }) => each.in === 'path');
    expect(params.map((each: { name: string }) => each.name)).toEqual(inPath);
    expect(params.every((each: { required: boolean }) => each.required)).toBe(true);
    if (operation.method === 'post')
      expect(Object.keys(told.responses)).toEqual(expect.arrayContaining(['409', '413', '415']));
  });

  test('refers to nothing that is not in it, and every schema is one', () => {
    const text = JSON.stringify(document);
    for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g))
      expect(Object.keys(document.components.schemas)).toContain(name);
    expect(text).not.toContain('$defs');
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'api', components: document.components });
    for (const name of Object.keys(document.components.schemas))
      expect(() => ajv.compile({ $ref: `api#/components/schemas/${name}` })).not.toThrow();
  });
});
