import { formatMoney } from '../../../shared/domain/money/format.ts';
import type { Review } from '../../../shared/domain/redemption/review.ts';
import { formatInstant } from '../../../shared/domain/time.ts';
import type { RedemptionRecord } from '../../../shared/ports/stores.ts';
import type { StateTable } from '../state-table.ts';
import { textTable } from '../text-table.ts';

/** A redemption that a person must decide about. */
export interface WaitingReview {
  readonly redemption: string;
  readonly member: string;
  readonly reward: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly points: string;
  readonly unit: string;
  /** Of the program: those that asked for a review. */
  readonly rules: readonly string[];
  readonly openedAt: string;
  /** Who has let it go already; a second person must as well. */
  readonly releasedBy: readonly string[];
}

/** The longest waiting first. */
export async function waitingReviews(
  table: Pick<StateTable, 'reviews' | 'redemptions'>,
): Promise<WaitingReview[]> {
  const found: WaitingReview[] = [];
  for await (const review of table.reviews()) {
    if (review.state !== 'waiting') continue;
    const record = await table.redemptions.read(review.redemption);
    // One with an order was called off by its member: nothing is left to decide.
    if (record !== undefined && record.order === undefined) found.push(waiting(review, record));
  }
  return found.sort((left, right) => (left.openedAt < right.openedAt ? -1 : 1));
}

function waiting(review: Review, { hold }: RedemptionRecord): WaitingReview {
  const { entry, terms, amountMinor, currency, points, unit } = hold;
  return {
    ...{ redemption: review.redemption, member: entry.member, reward: terms.rewardName },
    ...{ amountMinor: `${amountMinor}`, currency, points: `${points}`, unit },
    ...{ rules: review.rules, openedAt: formatInstant(review.openedAt) },
    releasedBy: review.decisions.map(({ actor }) => actor),
  };
}

export function waitingInWords(reviews: readonly WaitingReview[]): readonly string[] {
  if (reviews.length === 0) return ['Nothing waits for a person.'];
  const columns = ['redemption', 'member', 'reward', 'points', 'rules', 'since', 'released by'];
  const rows = reviews.map((one) => [
    ...[one.redemption, one.member, `${one.reward}${worth(one)}`, `${one.points} ${one.unit}`],
    ...[one.rules.join(', '), one.openedAt, one.releasedBy.join(', ') || '-'],
  ]);
  return textTable(columns, rows);
}

function worth({ amountMinor, currency }: WaitingReview): string {
  if (amountMinor === '0') return '';
  return `, ${formatMoney('en', { amountMinor: BigInt(amountMinor), currency })}`;
}
