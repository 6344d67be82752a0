import type { ChoosePageView } from '../../shared/adapters/pages/choose-page.ts';
import type { ClaimPageView } from '../../shared/adapters/pages/claim-page.ts';
import type { StatementPageView } from '../../shared/app/messages/statement-page.ts';
import type { Face } from '../../shared/domain/message/face.ts';
import type { Language } from '../../shared/domain/message/language.ts';
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

const onePointsUnit: Face = { ...face, units: { PTS: { names: {} } } };
const expiresAt = instantOf(Date.parse('2027-02-28T23:30:00Z'));
const euros = (amountMinor: bigint) => ({ amountMinor, currency: 'EUR' });

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
    ],
    lines: [
      ...lineOf('capture', { PTS: '-2500' }, { rule: 'amazon-de-eur' }),
      ...lineOf('accrual', { PTS: '1250', EUR: '125' }, { rule: 'order-points' }),
      ...lineOf('tier', {}, { reason: 'TIER_RAISED' }),
      ...lineOf('change', {}, { reason: 'ENROLLED' }),
    ],
    next: '2026-03-01T00:00:00.000Z#R#x',
  };
}

function lineOf(
  kind: string,
  amounts: Record<string, string>,
  { reason = 'AWARDED', rule }: { readonly reason?: string; readonly rule?: string } = {},
) {
  const occurredAt = '2026-11-20T12:00:00.000Z';
  return [{ occurredAt, kind, amounts, reason, ...(rule !== undefined && { rule }) }];
}
