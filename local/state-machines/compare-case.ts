import { isDeepStrictEqual } from 'node:util';
import { isObject } from './plain-json.ts';
import type { CaseResult } from './run-case.ts';

// The recordings put such words where AWS's own values vary from run to run.
const MASK = /<[^<>]*>|^(date|timestamp|start-date|stop-date|snf_role_arn)$/;

const agrees = (expected: unknown, found: unknown, masked: boolean): boolean => {
  if (masked && typeof expected === 'string' && MASK.test(expected)) return typeof found === 'string';
  if (Array.isArray(expected))
    return (
      Array.isArray(found) &&
      found.length === expected.length &&
      expected.every((item, index) => agrees(item, found[index], masked))
    );
  if (!isObject(expected)) return isDeepStrictEqual(expected, found);
  if (!isObject(found) || Object.keys(found).length !== Object.keys(expected).length) return false;
  return Object.entries(expected).every(([key, item]) => key in found && agrees(item, found[key], masked));
};

/** The differences between what a case expects and what became of it, each as a line to read. */
export const compareCase = (one: Record<string, unknown>, result: CaseResult): string[] => {
  const masked = one.masked === true;
  const expected = isObject(one.expected) ? one.expected : {};
  const differences: string[] = [];
  const compare = (what: string, wanted: unknown, found: unknown, loosely: boolean) => {
    if (!agrees(wanted, found, loosely))
      differences.push(`${what} is ${JSON.stringify(found)}, expected ${JSON.stringify(wanted)}`);
  };
  compare('status', expected.status, result.status, false);
  compare('output', expected.output, result.output, masked);
  compare('error', expected.error, result.error, false);
  if (!masked) compare('cause', expected.cause, result.cause, false);
  if (one.eventTypes !== undefined) compare('eventTypes', one.eventTypes, result.eventTypes, false);
  return differences;
};
