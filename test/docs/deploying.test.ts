import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConsultRequest } from '../../functions/contracts/consult-request.ts';
import { parseProgram } from '../../functions/domain/program/program.ts';
import { Settings } from '../../infra/settings/settings.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/deploying.md'), 'utf8');
const [settings = '', request = ''] = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => json ?? '');

describe('docs/deploying.md', () => {
  it('shows settings that are taken as they stand, with every one that there is', () => {
    const read = Settings.parse(JSON.parse(settings));
    expect(read).toEqual(JSON.parse(settings));
    expect(Object.keys(read).sort()).toEqual(Object.keys(Settings.shape).sort());
  });

  it('shows a request that is taken as it stands, for a program that is deployed', () => {
    const { program } = ConsultRequest.parse(JSON.parse(request));
    const file = join(import.meta.dirname, `../../programs/${program.id}.json`);
    expect(parseProgram(JSON.parse(readFileSync(file, 'utf8')))).toMatchObject(program);
  });
});
