import type { ChoosePageView } from '../../shared/adapters/pages/choose-page.ts';
import type { ClaimPageView } from '../../shared/adapters/pages/claim-page.ts';
import type { StatementPageView } from '../../shared/app/messages/statement-page.ts';
import type {
  StatementLine,
  StatementPayout,
} from '../../shared/app/messages/statement-rewards.ts';
import type { Face } from '../../shared/domain/message/face.ts';
import type { Language } from '../../shared/domain/message/language.ts';
import type { ToldPayout } from '../../shared/domain/payout/told.ts';
import type { DeliveredReward } from '../../shared/domain/redemption/delivered-reward.ts';
import { Secret } from '../../shared/domain/secret.ts';
import { instantOf, type LocalDate } from '../../shared/domain/time.ts';

export const code = 'CODE-1234-5678-9012';

export const card: DeliveredReward = {
  kind: 'code',
  value: new Secret(code),
  pin: new Secret('4711'),
  website: new Secret('https://shop.example/redeem?a=1&b=2'),
  expiresOn: '2028-12-31',
};

export const cardLink: DeliveredReward = {
  kind: 'link',
  value: new Secret('https://r.example/a?b=1&c=2'),
};

/** A brand whose colour takes black text. */
export const face: Face = {
  programName: 'Northwind <Rewards>',
  timeZone: 'Europe/Paris',
  brand: { colour: '#ffd400', support: 'https://northwind.example/help' },
  units: {
    PTS: { names: {} },
    STAR: {
      names: {
        en: { one: 'star', other: 'stars' },
        pl: { one: 'gwiazdka', few: 'gwiazdki', other: 'gwiazdek' },
      },
    },
  },
};

const euros = (amountMinor: bigint) => ({ amountMinor, currency: 'EUR' });

/** EUR 50.00, a tenth of it given away, into GBP at 44/51, with a fee of GBP 0.30. */
export const convertedPayout: ToldPayout = {
  ...{ rail: 'Bank account', charity: 'Food bank' },
  amounts: {
    ...{ gross: euros(5000n), donatedMinor: 500n, feeMinor: 30n, bearer: 'member' },
    exchange: {
      ...{ from: 'EUR', fromMinor: 4500n, to: 'GBP', toMinor: 3882n, wholeMinor: 3882n },
      rate: { numerator: 44n, denominator: 51n },
      ...{ asOf: '2026-11-20' as LocalDate, source: 'ecb', rounding: 'down' },
    },
    net: { amountMinor: 3852n, currency: 'GBP' },
  },
};

export const plainPayout: ToldPayout = {
  rail: 'PayPal',
  amounts: {
    ...{ gross: euros(2000n), donatedMinor: 0n, feeMinor: 0n, bearer: 'program' },
    net: euros(2000n),
  },
};

export const giftPayout: ToldPayout = {
  ...{ rail: 'Donation', charity: 'Food bank' },
  amounts: {
    ...{ gross: euros(1200n), donatedMinor: 1200n, feeMinor: 0n, bearer: 'program' },
    net: euros(0n),
  },
};

const onePointsUnit: Face = { ...face, units: { PTS: { names: {} } } };
const expiresAt = instantOf(Date.parse('2027-02-28T23:30:00Z'));

export function claimView(language: Language): ClaimPageView {
  return { language, face, rewardName: 'Amazon.de', value: euros(2500n), expiresAt };
}

const disclosure = 'Valid in all shops of the chain. Cannot be paid out. '.repeat(4);

export function chooseView(language: Language): ChoosePageView {
  return {
    ...{ language, face, sender: 'Zażółć & Sons', expiresAt },
    offers: [
      { name: 'Amazon.de', value: euros(2500n), disclosure },
      { name: 'A very long name of an experience for two at the seaside', value: euros(0n) },
      { name: 'Zalando', value: euros(2500n) },
    ],
  };
}

const returned = { amount: euros(4500n), wasPaid: true };

export function statementView(language: Language): StatementPageView {
  return {
    ...{ language, face: onePointsUnit, on: '2026-11-22' as LocalDate },
    held: [
      {
        ...{ unit: 'PTS', available: 12_345n, debt: 0n },
        pending: [{ vestOn: '2026-12-01' as LocalDate, amount: 250n }, { amount: 3n }],
      },
      { unit: 'EUR', available: 1234n, debt: 500n, pending: [] },
    ],
    total: euros(1234n),
    tier: {
      level: 'Gold',
      next: {
        ...{ level: 'Platinum', by: '2026-12-31' as LocalDate },
        figures: [
          { metric: 'points-earned', missing: 1250n, atLeast: 5000n, unit: 'PTS' },
          { metric: 'nights', missing: 0n, atLeast: 10n },
        ],
      },
      graceUntil: '2027-03-31' as LocalDate,
    },
    open: [
      { rewardName: 'Amazon.de', value: euros(2500n), status: 'delayed' },
      { rewardName: 'Zalando', value: euros(1000n), status: 'underReview' },
      {
        ...{ rewardName: 'Bank account', value: euros(3852n), status: 'ordered' },
        payout: { ...convertedPayout, promisedBy: expiresAt },
      },
    ],
    lines: [
      ...lineOf('release', { EUR: '0' }, { payout: { ...convertedPayout, returned } }),
      ...lineOf('reopen', { EUR: '4500' }, { payout: convertedPayout }),
      ...lineOf('capture', { EUR: '-5000' }, { payout: convertedPayout }),
      ...lineOf('capture', { EUR: '-1200' }, { payout: giftPayout }),
      ...lineOf('capture', { PTS: '-2500' }, { rule: 'amazon-de-eur' }),
      ...lineOf('accrual', { PTS: '1250', EUR: '125' }, { rule: 'order-points' }),
      ...lineOf('tier', {}, { reason: 'TIER_RAISED' }),
      ...lineOf('change', {}, { reason: 'ENROLLED' }),
    ],
    next: '2026-03-01T00:00:00.000Z#R#x',
  };
}

interface LineParts {
  readonly reason?: string;
  readonly rule?: string;
  readonly payout?: StatementPayout;
}

function lineOf(
  kind: string,
  amounts: Record<string, string>,
  { reason = 'AWARDED', rule, payout }: LineParts = {},
): StatementLine[] {
  const occurredAt = '2026-11-20T12:00:00.000Z';
  const told = payout && { payout, rewardName: payout.rail };
  return [{ occurredAt, kind, amounts, reason, ...(rule !== undefined && { rule }), ...told }];
}
