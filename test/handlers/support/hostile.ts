/** What somebody may have typed where it does not belong; no part of it may come back in an error. */
export const HOSTILE = [
  'Ana Souza',
  '+1 206 555 0123',
  'suicidal; PHQ-9 27',
  '{% $states.input %}',
  '=cmd|calc!A0',
  '"); drop table patients; --',
  '<img src=x onerror=alert(1)>',
  '\u202egnp.exe\u0000\r\nlevel=info',
  '__proto__',
  'x'.repeat(1000),
] as const;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Copies of a value in which one place, at any depth, was replaced or is gone, or one more key was added. */
export const spoilt = function* (value: unknown, text: string): Generator<unknown> {
  yield text;
  yield [text];
  yield { [text]: text };
  yield Number.NaN;
  if (!isRecord(value)) return;
  if (!Array.isArray(value)) yield Object.defineProperty({ ...value }, text, { value: text, enumerable: true });
  for (const [key, part] of Object.entries(value)) {
    const copy = (changed: unknown) =>
      Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed };
    if (!Array.isArray(value)) yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
    for (const changed of spoilt(part, text)) yield copy(changed);
  }
};
