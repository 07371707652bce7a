import { type ParseArgsConfig, parseArgs } from 'node:util';
import { InputRefused } from '../../functions/domain/problems.ts';

type Known = NonNullable<ParseArgsConfig['options']>;

/** Reads the options of a command, or throws InputRefused with one line that names those there are. */
export const readOptions = <O extends Known>(args: string[], options: O) => {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    const said = (cause instanceof Error ? cause.message : String(cause)).split('. ')[0]?.replaceAll(/\s+/g, ' ');
    const known = Object.keys(options).map((name) => `--${name}`);
    throw new InputRefused([`options: ${said}; one of ${known.join(', ')}`], { cause });
  }
};
