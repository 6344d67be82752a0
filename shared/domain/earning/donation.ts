import { profileOf } from '../member/profile.ts';
import { rounded } from '../money/fraction.ts';
import type { EventContext } from './event-context.ts';
import { sharesOfWhole } from './fraction.ts';
import type { Placing } from './judged-award.ts';

interface Donation {
  readonly charity: string;
  readonly percent: number;
}

/** What the member gives away of cashback; nothing once the program drops the charity. */
function donationOf({ compiled, member }: EventContext): Donation | undefined {
  const { donations } = compiled.program;
  if (donations === undefined) return undefined;
  const donation = profileOf(member)?.donation;
  if (donation === undefined || donation.percent <= 0) return undefined;
  return Object.hasOwn(donations.charities, donation.charity) ? donation : undefined;
}

/**
 * Takes what the event's own member donates out of their parts: so many percent of all that they
 * get in one currency, rounded half up once.
 */
export function donateMoney(placings: readonly Placing[], context: EventContext): void {
  const donation = donationOf(context);
  if (donation === undefined) return;
  const { charity, percent } = donation;
  const own = context.member.member;
  for (const group of Map.groupBy(placings, ({ record }) => record.unit).values()) {
    const amounts = group.map(({ record }) => partOf(record.parts, own));
    const all = amounts.reduce((sum, amount) => sum + amount, 0n);
    const share = { numerator: all * BigInt(percent), denominator: 100n };
    const donated = sharesOfWhole(rounded(share, 'halfUp'), amounts);
    for (const [index, placing] of group.entries()) {
      const points = donated[index] ?? 0n;
      if (points === 0n) continue;
      const { record } = placing;
      const parts = record.parts.map((part) =>
        part.member === own ? { ...part, points: part.points - points } : part,
      );
      const arithmetic = `${record.arithmetic} -${percent}% ${charity}=${points}`;
      placing.record = { ...record, parts, donated: { charity, points }, arithmetic };
    }
  }
}

function partOf(parts: Placing['record']['parts'], member: string): bigint {
  return parts.find((part) => part.member === member)?.points ?? 0n;
}
