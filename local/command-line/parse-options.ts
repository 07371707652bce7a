import { type ParseArgsConfig, parseArgs } from 'node:util';
import { InputRefused } from '../../functions/domain/problems.ts';

/** Reads a command line that knows these options and no bare words, or throws InputRefused with one line that names them. */
export const parseOptions = <O extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: O) => {
  try {
    return parseArgs({ args, options, strict: true }).values;
  } catch (cause) {
    const said = (cause instanceof Error ? cause.message : String(cause)).split('. ')[0]?.replaceAll(/\s+/g, ' ');
    const known = Object.keys(options).map((name) => `--${name}`);
    throw new InputRefused([`options: ${said}; one of ${known.join(', ')}`], { cause });
  }
};
