import { CHANNELS, ROLES } from '../../functions/domain/names.ts';
import { daysBetween, localDate, plusLocal } from '../../functions/domain/time/local.ts';
import { appointmentsAfter } from '../invariants/standing.ts';
import { allOf, zoneOf } from '../invariants/world.ts';
import { machineryUsd } from './cost.ts';
import { dayOf } from './phrases.ts';
import type { Rehearsal } from './run.ts';
import { CHANNEL_WORDS, OUTCOME_WORDS, ROLE_WORDS } from './words.ts';

/** How many integrations started inside the window that their dose's recorded end opened, of how many that were had. */
export const integrationsInWindow = ({ world }: Pick<Rehearsal, 'world'>): { inside: number; of: number } => {
  const { opens, closes } = world.scenario.program.integration.window;
  const ends = new Map(
    allOf(world.entries, 'dose').flatMap(({ cycle, event, at }) => (event === 'started' ? [] : [[cycle, at] as const])),
  );
  const held = [...appointmentsAfter(world.entries).values()].filter(
    ({ appointment, event }) => appointment === 'integration' && (event === 'attended' || event === 'ended'),
  );
  const inside = held.filter(({ cycle, startsAt }) => {
    const end = cycle === undefined ? undefined : ends.get(cycle);
    if (end === undefined) return false;
    const zone = zoneOf(world, end);
    return startsAt >= plusLocal(end, opens, zone) && startsAt <= plusLocal(end, closes, zone);
  });
  return { inside: inside.length, of: ends.size };
};

const counted = <T extends string>(
  names: readonly T[],
  found: readonly string[],
  words: Readonly<Record<T, string>>,
): string =>
  names
    .map((name) => ({ word: words[name].toLowerCase(), number: found.filter((each) => each === name).length }))
    .filter(({ number }) => number > 0)
    .map(({ word, number }) => `${number} ${word}`)
    .join(', ') || 'none';

const doses = ({ entries }: Rehearsal['result']): string => {
  const all = allOf(entries, 'dose');
  const begun = all.filter(({ event }) => event === 'started').length;
  const aborted = all.filter(({ event }) => event === 'aborted').length;
  return aborted === 0 ? String(begun) : `${begun}, ${aborted} of them aborted`;
};

const lengthOf = ({ result: { start, end }, world }: Rehearsal): string => {
  const [from, to] = [start, end].map((at) => ({ at, zone: zoneOf(world, at) }));
  if (from === undefined || to === undefined) return '';
  const days = daysBetween(localDate(from.at, from.zone), localDate(to.at, to.zone));
  return `${dayOf(from.at, from.zone)} to ${dayOf(to.at, to.zone)} ${localDate(to.at, to.zone).slice(0, 4)}, ${days} days`;
};

/** The closing summary as labels and values. */
export const summaryOf = (rehearsal: Rehearsal): readonly (readonly [string, string])[] => {
  const { result } = rehearsal;
  const { entries, cost, invariants, executions, outcome } = result;
  const sent = allOf(entries, 'message').flatMap(({ event, channel }) => (event === 'sent' ? [channel] : []));
  const asked = allOf(entries, 'task').flatMap(({ event, role }) => (event === 'opened' ? [role] : []));
  const { inside, of } = integrationsInWindow(rehearsal);
  const held = invariants.filter((each) => each.held).length;
  return [
    ['Outcome', outcome === null ? 'none was reached' : `${OUTCOME_WORDS[outcome.kind]} (${outcome.reason})`],
    ['Time', lengthOf(rehearsal)],
    ['Doses', doses(result)],
    ['Integrations', `${inside} of ${of} inside their window`],
    ['Messages', counted(CHANNELS, sent, CHANNEL_WORDS)],
    ['Tasks', counted(ROLES, asked, ROLE_WORDS)],
    ['State machines', `${executions.length} executions, ${cost.transitions} transitions`],
    [
      'AWS cost',
      `$${cost.usd.total.toFixed(4)}, of it $${machineryUsd(cost).toFixed(4)} without the messages (list prices of ${cost.prices.date}, ${cost.prices.region})`,
    ],
    ['Invariants', `${held} of ${invariants.length} held`],
  ];
};
