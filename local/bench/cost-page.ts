import { COST_ITEMS, type Cost, type CostItem, machineryUsd, priceOf } from '../rehearsal/cost.ts';
import type { ExecutionSummary } from '../state-machines/execution.ts';
import { type Counted, countTransitions, PURPOSES, type Purpose, totalOf } from './transitions.ts';

const BEGIN = '<!-- written by local/bench/write-cost.ts: do not edit -->';
const END = '<!-- end -->';

const PURPOSE_WORDS: Readonly<Record<Purpose, string>> = {
  wait: 'wait for a person or a time',
  step: 'call of a function',
  start: 'start of another machine',
  way: 'choice, branch or end',
};

const ITEM_WORDS: Readonly<Record<CostItem, string>> = {
  transitions: 'Step Functions, state transitions',
  lambdaInvocations: 'Lambda, invocations',
  reads: 'DynamoDB, read request units',
  writes: 'DynamoDB, write request units',
  schedules: 'EventBridge Scheduler, invocations',
  emails: 'SES, e-mails',
  sms: 'SMS in the United States',
};

const row = (...cells: (string | number)[]): string => `| ${cells.join(' | ')} |`;
const usd = (amount: number): string => `$${amount.toFixed(4)}`;

const byPurpose = (counted: readonly Counted[]): string[] => [
  row('what for', 'transitions'),
  row('---', '---:'),
  ...PURPOSES.map((purpose) =>
    row(PURPOSE_WORDS[purpose], totalOf(counted.filter((each) => each.purpose === purpose))),
  ),
  row('**all**', `**${totalOf(counted)}**`),
];

const byState = (counted: readonly Counted[], executions: readonly ExecutionSummary[]): string[] => [
  row('machine', 'state', 'what for', 'transitions'),
  row('---', '---', '---', '---:'),
  ...[...new Set(counted.map(({ machine }) => machine))].flatMap((machine) => {
    const own = counted.filter((each) => each.machine === machine);
    const runs = executions.filter(({ stateMachine }) => stateMachine === machine).length;
    return [
      row(`**${machine}**`, `${runs} ${runs === 1 ? 'execution' : 'executions'}`, '', `**${totalOf(own)}**`),
      ...own.map(({ state, purpose, times }) => row('', state, PURPOSE_WORDS[purpose], times)),
    ];
  }),
];

const byItem = (cost: Cost): string[] => [
  row('what is billed', 'used', '$ per million', '$', 'source of the price'),
  row('---', '---:', '---:', '---:', '---'),
  ...COST_ITEMS.map((item) => {
    const { usdPerMillion, source } = priceOf(item);
    return row(ITEM_WORDS[item], cost[item], usdPerMillion, usd(cost.usd[item]), source);
  }),
  row('**orchestration and compute**', '', '', `**${usd(machineryUsd(cost))}**`, 'all but e-mails and SMS'),
  row('**all**', '', '', `**${usd(cost.usd.total)}**`, `list prices of ${cost.prices.date}, ${cost.prices.region}`),
];

/** The counted part of docs/cost.md. */
export const countedPart = (executions: readonly ExecutionSummary[], cost: Cost): string => {
  const counted = countTransitions(executions);
  const tables = [byPurpose(counted), byItem(cost), byState(counted, executions)];
  return [BEGIN, '', ...tables.flatMap((table) => [...table, '']), END].join('\n');
};

/** The page with its counted part replaced; its words are kept. */
export const withCountedPart = (page: string, part: string): string => {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  return after === undefined ? `${page.trimEnd()}\n\n${part}\n` : `${before}${part}${after}`;
};
