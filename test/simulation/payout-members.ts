import { monthsWith } from '../../shared/domain/rates/months.ts';
import type { RateMonth } from '../../shared/domain/rates/snapshot.ts';
import { addDays, type LocalDate } from '../../shared/domain/time.ts';
import { account, type PayingWorld } from '../support/paying.ts';
import type { Dice } from './customers.ts';

export const listedName = 'Ottokar Quendelmann';
const units = ['EUR', 'GBP', 'USD'] as const;

/** What was ever put into each wallet, by member and unit. */
export type Given = Map<string, bigint>;

export async function give(
  paying: PayingWorld,
  given: Given,
  {
    member,
    unit,
    amountMinor,
  }: Readonly<Record<'member' | 'unit', string>> & {
    readonly amountMinor: bigint;
  },
): Promise<void> {
  const wallet = `${member} ${unit}`;
  given.set(wallet, (given.get(wallet) ?? 0n) + amountMinor);
  await paying.give(member, unit, amountMinor);
}

/** Members with one wallet or more, who have chosen as members do: most well, some not at all. */
export async function enrol(paying: PayingWorld, dice: Dice, count: number): Promise<Given> {
  const given: Given = new Map();
  for (let index = 0; index < count; index += 1) {
    const member = `m${index}`;
    const wallets = dice.chance(0.15) ? units.slice(dice.below(2)) : [dice.pick(units)];
    for (const unit of wallets) {
      await give(paying, given, { member, unit, amountMinor: amountOf(dice) });
    }
    if (!dice.chance(0.04)) await choose(paying, dice, member);
  }
  return given;
}

/** Some are below every threshold, some so much that a person has to look. */
function amountOf(dice: Dice): bigint {
  const roll = dice.below(100);
  if (roll < 8) return BigInt(1 + dice.below(800));
  if (roll < 9) return BigInt(100_000 + dice.below(100_000));
  return BigInt(1500 + dice.below(40_000));
}

/** Each as often as it is chosen. */
const chosenRails = 'paypal paypal paypal bank bank bank card card give'.split(' ');

async function choose(paying: PayingWorld, dice: Dice, member: string): Promise<void> {
  const rail = dice.pick(chosenRails);
  const charity = 'food-bank';
  const percent = dice.pick([10, 25, 50]);
  const donation = rail === 'give' ? { charity, percent: 100 } : { charity, percent };
  const isGiving = rail === 'give' || dice.chance(0.15);
  const country = dice.chance(0.03) ? 'KP' : dice.pick(['DE', 'GB', 'US', 'FR']);
  const choice = { rail, currency: dice.pick(units), country, ...(isGiving && { donation }) };
  await paying.choose(member, choice, payeeFor(dice, rail, member));
}

function payeeFor(dice: Dice, rail: string, member: string) {
  if (dice.chance(0.02)) return undefined;
  if (rail === 'paypal') {
    const receiver = `${member}@example.com`;
    return { rail: 'payPal', receiverKind: 'email', receiver } as const;
  }
  if (rail !== 'bank') return undefined;
  return dice.chance(0.03) ? { ...account, holderName: listedName } : account;
}

/** What a euro is worth in each currency, another number every day. */
export function eurosWorth(unit: string, day: number): { readonly hundredThousandths: bigint } {
  if (unit === 'EUR') return { hundredThousandths: 100_000n };
  const moved = BigInt(100 + ((day * 37) % 800));
  return { hundredThousandths: (unit === 'USD' ? 110_000n : 80_000n) + moved };
}

const firstDay = '2026-05-25' as LocalDate;

export function publishedMonths(): readonly RateMonth[] {
  const days = Array.from({ length: 150 }, (_, day) => {
    const textOf = (unit: string): string => {
      const { hundredThousandths: worth } = eurosWorth(unit, day);
      return `${worth / 100_000n}.${String(worth % 100_000n).padStart(5, '0')}`;
    };
    const rates = new Map(['USD', 'GBP'].map((unit) => [unit, textOf(unit)] as const));
    return { date: addDays(firstDay, day), rates };
  });
  return monthsWith('ecb', new Map(), days);
}

/** The number of a day with rates. */
export function dayNumber(date: LocalDate): number {
  return Math.round((Date.parse(date) - Date.parse(firstDay)) / 86_400_000);
}
