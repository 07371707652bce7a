import { plusLocal } from '../../functions/domain/time/local.ts';
import { allOf, before, type Invariant, type Of, saysWhy, type World, zoneOf } from './world.ts';

/** Sessions of integration that were held for the dose before its debt was told as settled. */
const heldBefore = (world: World, debt: Of<'debt'>): number =>
  allOf(before(world.entries, debt), 'appointment').filter(
    ({ appointment, cycle, event }) => appointment === 'integration' && cycle === debt.cycle && event === 'attended',
  ).length;

/** Once the window has closed with no integration begun, the debt must have been called overdue. */
const overdueUntold = (world: World, cycle: number, debts: readonly Of<'debt'>[]): string[] => {
  const ended = allOf(world.entries, 'dose').find((dose) => dose.cycle === cycle && dose.event !== 'started');
  if (ended === undefined || debts.some(({ event }) => event === 'overdue')) return [];
  const closes = plusLocal(ended.at, world.scenario.program.integration.window.closes, zoneOf(world, ended.at));
  const inTime = world.entries.some(
    (entry) =>
      (entry.kind === 'debt' && entry.cycle === cycle && entry.event !== 'owed' && entry.at <= closes) ||
      (entry.kind === 'appointment' &&
        entry.appointment === 'integration' &&
        entry.cycle === cycle &&
        (entry.event === 'attended' || entry.event === 'started') &&
        entry.startsAt <= closes),
  );
  return inTime || world.end <= closes ? [] : [`the integration of dose ${cycle} was not called overdue at ${closes}`];
};

const ofDose = (world: World, start: Of<'dose'>): string[] => {
  const { cycle } = start;
  const debts = allOf(world.entries, 'debt').filter((debt) => debt.cycle === cycle);
  const owed = debts.filter(({ event }) => event === 'owed');
  const closed = debts.filter(({ event }) => event === 'settled' || event === 'waived');
  const hasOutcome = world.entries.some(({ kind }) => kind === 'outcome');
  const first = owed[0];
  if (first === undefined) return [`dose ${cycle} owes no integration`];
  return [
    ...(owed.length > 1 ? [`dose ${cycle} owes its integration ${owed.length} times`] : []),
    ...(first.at > start.at ? [`the debt of dose ${cycle} was told at ${first.at}, after its start`] : []),
    ...(hasOutcome && closed.length === 0 ? [`the journey ended while dose ${cycle} still owed its integration`] : []),
    ...(closed.length > 1 ? [`the debt of dose ${cycle} was closed ${closed.length} times`] : []),
    ...overdueUntold(world, cycle, debts),
  ];
};

const closings = (world: World): string[] =>
  allOf(world.entries, 'debt').flatMap((debt) => {
    const { perDose } = world.scenario.program.integration;
    const held = debt.event === 'settled' ? heldBefore(world, debt) : perDose;
    if (held === 0) return [`the debt of dose ${debt.cycle} was settled without an integration`];
    if (held < perDose) return [`the debt of dose ${debt.cycle} was settled after ${held} of ${perDose} integrations`];
    return debt.event === 'waived' && !saysWhy(debt)
      ? [`the debt of dose ${debt.cycle} was waived without who and why`]
      : [];
  });

/** 2: every dose owes an integration, seen until it is done or waived. */
export const debts: Invariant = {
  id: 2,
  title: 'Every dose owes an integration until it is done or waived',
  violations: (world) => [
    ...allOf(world.entries, 'dose').flatMap((dose) => (dose.event === 'started' ? ofDose(world, dose) : [])),
    ...closings(world),
  ],
};
