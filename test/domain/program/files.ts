import { readFileSync } from 'node:fs';
import { InputRefused } from '../../../functions/domain/problems.ts';

/** A file of `programs/`, fresh for each test, so that a test may spoil it. */
// biome-ignore lint/suspicious/noExplicitAny: tests spoil files in ways that no type allows
export const programFile = (file: string): any =>
  JSON.parse(readFileSync(new URL(`../../../programs/${file}`, import.meta.url), 'utf8'));

/** The problems with which something is refused; none if it is not. */
export const problems = (run: () => unknown): string[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof InputRefused) return error.problems;
    throw error;
  }
  return [];
};
