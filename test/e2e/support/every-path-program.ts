import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseProgram } from '../../../shared/domain/program/parse.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import { fourProvidersJson } from './four-providers.ts';

const path = join(import.meta.dirname, '../../../shared/programs/online-retail.json');

type Json = Record<string, unknown>;

/**
 * A program with every way to a reward: cards of each provider alone and with the others behind it,
 * one of a pool of our own codes, goods by post, a part in cash, and reviews by a second person.
 */
export function everyPathProgram(): Program {
  const shipped = JSON.parse(readFileSync(path, 'utf8')) as Json & { rewards: Json[] };
  const { rewards, redemption, ...rest } = fourProvidersJson() as Json & { rewards: Json[] };
  const spa = shipped.rewards.find(({ id }) => id === 'spa-day');
  const { names: _, ...voucher } = spa ?? {};
  const goods = { ...rewards.at(-4), id: 'hamper', kind: 'merchandise', name: 'A hamper' };
  const read = parseProgram({
    ...{ ...rest, rewards: [...rewards, voucher, goods] },
    ...{ brand: shipped.brand, notifications: { maximumPerDay: 50 } },
    redemption: {
      ...(redemption as Json),
      policies: [{ unit: 'PTS', worth: { currency: 'GBP', amountMinor: 1, points: 1 } }],
      cash: { maximumPercent: 50, paidWithinHours: 24 },
      reviews: [{ id: 'large', fromPoints: 20_000 }],
      secondPersonFrom: 30_000,
    },
  });
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  return read.program;
}
