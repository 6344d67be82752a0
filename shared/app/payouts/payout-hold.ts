import { assertBalanced, type Entry } from '../../domain/ledger/entry.ts';
import { holdLegs } from '../../domain/ledger/recipes.ts';
import { nameIn } from '../../domain/message/language.ts';
import type { PayoutAmounts } from '../../domain/payout/amounts.ts';
import type { PlannedPayout } from '../../domain/payout/decide.ts';
import type { Rail } from '../../domain/payout/policy.ts';
import { type BalanceChange, balanceChange } from '../../domain/points/balance-change.ts';
import type { Review } from '../../domain/redemption/review.ts';
import type { AgreedTerms } from '../../domain/redemption/terms.ts';
import { invariant } from '../../domain/result.ts';
import { addMs, type Instant } from '../../domain/time.ts';
import type { KeptChoice } from '../../ports/payouts.ts';
import type { Hold } from '../../ports/stores.ts';
import type { PayAttempt, PayingRun, PayMemberDependencies } from './paying-run.ts';
import type { PaidPerson } from './payout-person.ts';

export interface PayoutInput extends PayAttempt {
  readonly planned: PlannedPayout;
  readonly person: PaidPerson;
}

export interface PreparedPayout {
  readonly hold: Hold;
  readonly change: BalanceChange;
  readonly review?: Review;
}

/** Takes what is given away: nobody outside is asked. */
const charityProvider = 'charity';

const minuteMs = 60_000;

/** The write that sets a wallet's money aside, for a balance that covers it. */
export async function preparePayout(
  { digest, sealer }: PayMemberDependencies,
  paying: PayingRun,
  { payout, wallet, balance, now, today, planned, choice, person }: PayoutInput,
): Promise<PreparedPayout> {
  const { email } = person;
  invariant(choice !== undefined && email !== undefined, 'Who is paid has chosen how.');
  const { program, member, unit } = wallet;
  const { rail, amounts, doubts } = planned;
  const { gross, net } = amounts;
  const legs = holdLegs(balance, { member, unit, points: gross.amountMinor }, today);
  invariant(legs !== undefined, 'No more is paid out than what is available.');
  assertBalanced(legs);
  const sealedEmail = await sealer.seal({ program, redemption: payout, field: 'email' }, email);
  const entry: Entry = {
    key: { at: 'redemption', redemption: payout, part: '0' },
    ...{ kind: 'hold', program, member, legs, occurredAt: now, postedAt: now },
    bodyHash: digest.sha256Short(JSON.stringify([paying.run.run, unit])),
    explanation: { rule: rail.id, reason: 'PAID_OUT' },
  };
  const hold: Hold = {
    ...{ redemption: payout, entry, rewardId: rail.id, country: choice.country, unit },
    ...{ points: gross.amountMinor, ...net, sealedEmail },
    ...(choice.sealedPayee !== undefined && { sealedPayee: choice.sealedPayee }),
    terms: termsOf(paying, { planned, choice, person, now }),
  };
  // No redemption: rules that ask how many of them there were lately have nothing to do with it.
  const change = balanceChange(balance, { legs }, wallet);
  invariant(change !== undefined, 'A payout takes something from its wallet.');
  const review: Review = {
    ...{ redemption: payout, program, state: 'waiting', rules: doubts },
    ...{ openedAt: now, version: 1, decisions: [] },
  };
  return {
    ...{ hold, change },
    ...(doubts.length > 0 && { review }),
  };
}

interface Agreeing {
  readonly planned: PlannedPayout;
  readonly choice: KeptChoice;
  readonly person: PaidPerson;
  readonly now: Instant;
}

function termsOf(
  { program, run }: PayingRun,
  { planned, choice, person, now }: Agreeing,
): AgreedTerms {
  const { rail, amounts } = planned;
  const { donatedMinor, exchange, feeMinor, bearer } = amounts;
  const language = person.language ?? program.languages[0] ?? 'en';
  const charity = donatedMinor > 0n ? choice.donation?.charity : undefined;
  return {
    rewardName: nameIn(rail.names, [language, ...program.languages]) ?? rail.id,
    ...(isGivenAway(amounts) ? gift : { kind: kindOf(rail), sources: rail.sources }),
    language,
    promisedBy: addMs(now, rail.promisedMinutes * minuteMs),
    payout: {
      ...{ run: run.run, railKind: rail.kind, donatedMinor, feeMinor, bearer },
      ...(exchange !== undefined && { exchange }),
      ...(charity !== undefined && { charity }),
    },
  };
}

/** Whatever the rail is, nobody outside is asked for nothing. */
function isGivenAway({ net }: PayoutAmounts): boolean {
  return net.amountMinor === 0n;
}

const gift = {
  kind: 'donation',
  sources: [{ provider: charityProvider, products: [] }],
} as const;

function kindOf({ kind }: Rail): AgreedTerms['kind'] {
  return kind === 'prepaidCard' ? kind : 'payout';
}
