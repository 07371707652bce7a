import { keysOf } from '../../functions/domain/names.ts';
import type { Usage } from './engine.ts';
import priceList from './prices.json' with { type: 'json' };

const { date, region, prices } = priceList;

/** Everything that AWS charges a journey for. */
export type CostItem = keyof typeof prices;
export const COST_ITEMS = keysOf(prices);

/** The list price of a million of something, in US dollars, and where it is from. */
export const priceOf = (item: CostItem): { readonly usdPerMillion: number; readonly source: string } => prices[item];

/** What a journey used and what that costs at list prices; free tiers are not counted. */
export type Cost = { [item in CostItem]: number } & {
  usd: { [item in CostItem]: number } & { total: number };
  prices: { date: string; region: string };
};

// Fractions of a millionth of a dollar say nothing and would make equal runs look different.
const rounded = (usd: number): number => Math.round(usd * 1e6) / 1e6;

/** What a journey costs at the list prices of prices.json, in US dollars. */
export const costOf = (usage: Usage & { transitions: number }): Cost => {
  const usd = (item: CostItem) => (usage[item] * prices[item].usdPerMillion) / 1e6;
  const total = COST_ITEMS.reduce((sum, item) => sum + usd(item), 0);
  const { transitions, lambdaInvocations, reads, writes, schedules, emails, sms } = usage;
  return {
    ...{ transitions, lambdaInvocations, reads, writes, schedules, emails, sms },
    usd: {
      transitions: rounded(usd('transitions')),
      lambdaInvocations: rounded(usd('lambdaInvocations')),
      reads: rounded(usd('reads')),
      writes: rounded(usd('writes')),
      schedules: rounded(usd('schedules')),
      emails: rounded(usd('emails')),
      sms: rounded(usd('sms')),
      total: rounded(total),
    },
    prices: { date, region },
  };
};

/** Orchestration and compute alone: what is left without the messages themselves. */
export const machineryUsd = ({ usd }: Cost): number => rounded(usd.total - usd.emails - usd.sms);
