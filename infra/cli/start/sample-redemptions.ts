import { isSoldIn } from '../../../shared/domain/catalogue/offer.ts';
import { available } from '../../../shared/domain/points/balance.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import { type Instant, localDateAt } from '../../../shared/domain/time.ts';
import type { RedeemLine } from '../run/redemption-feed.ts';
import type { Session } from '../run/session.ts';

const pointsPerStep = 500n;
const minorPerStep = 500;
const maximumSteps = 10;

export interface SampleSettings {
  readonly program: Program;
  readonly asOf: Instant;
  /** Of each member's last order. */
  readonly countries: ReadonlyMap<string, string>;
}

/**
 * Every member with enough points takes the gift card of their country, in steps of five, up to
 * fifty.
 */
export async function sampleRedemptions(
  { table }: Pick<Session, 'table'>,
  { program, asOf, countries }: SampleSettings,
): Promise<RedeemLine[]> {
  const cards = program.rewards.filter(({ kind }) => kind === 'eGiftCard');
  const today = localDateAt(asOf, program.timeZone);
  const lines: RedeemLine[] = [];
  for await (const { member, balance } of table.scan.balances()) {
    const steps = Number(available(balance, today) / pointsPerStep);
    const country = countries.get(member) ?? 'US';
    const reward = cards.find((candidate) => isSoldIn(program, candidate, country));
    if (steps < 1 || reward === undefined) continue;
    lines.push({
      id: `sample-${member}`,
      member,
      rewardId: reward.id,
      amountMinor: `${Math.min(steps, maximumSteps) * minorPerStep}`,
      currency: reward.currency,
      country,
      email: `${member}@example.com`,
    });
  }
  return lines.sort((left, right) => (left.member < right.member ? -1 : 1));
}
