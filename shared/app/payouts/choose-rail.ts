import { isReceiverEmail, type PayoutChoiceBody } from '../../contracts/payout-choice.ts';
import { profileOf } from '../../domain/member/profile.ts';
import { needsPayee } from '../../domain/payout/decide.ts';
import { type Payee, payeeCountries, toSealable } from '../../domain/payout/payee.ts';
import { checkPayee } from '../../domain/payout/payee-check.ts';
import { maskOf } from '../../domain/payout/payee-mask.ts';
import type { PayoutChoice, PayoutPolicy, Rail } from '../../domain/payout/policy.ts';
import type { Program } from '../../domain/program/schema.ts';
import { programAt } from '../../domain/program/version.ts';
import { type Refusal, type RefusalCode, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import { formatInstant } from '../../domain/time.ts';
import type { LedgerStore } from '../../ports/ledger.ts';
import type { KeptChoice, PayoutStore } from '../../ports/payouts.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { Sealer } from '../../ports/sealing.ts';
import type { ProgramStore } from '../../ports/stores.ts';

export interface ChooseRailDependencies {
  readonly clock: Clock;
  readonly ledger: Pick<LedgerStore, 'readMember'>;
  readonly payouts: Pick<PayoutStore, 'readChoice' | 'putChoice' | 'removeChoice'>;
  readonly programs: Pick<ProgramStore, 'load'>;
  readonly sealer: Pick<Sealer, 'seal'>;
}

interface Owner {
  readonly program: string;
  readonly member: string;
}

/** Nothing of a payee but its mask. */
export interface PayoutChoiceView extends PayoutChoice {
  readonly payee?: { readonly kind: string; readonly ending: string };
  readonly chosenAt: string;
}

type Checked<Value> = Result<Value, Refusal>;

const maximumRounds = 5;

/**
 * Keeps how a member wants to be paid, in place of what they wanted before. Refusals name the field
 * of the body and quote nothing of it.
 */
export async function chooseRail(
  dependencies: ChooseRailDependencies,
  { program: name, member }: Owner,
  body: PayoutChoiceBody,
): Promise<Checked<PayoutChoiceView>> {
  const { clock, payouts, programs, sealer } = dependencies;
  const owner = { program: name, member };
  const now = clock.now();
  const program = programAt(await programs.load(name), now);
  if (program === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const home = await homeOf(dependencies, owner);
  if (!home.ok) return home;
  const checked = checkedChoice(program, body, home.value);
  if (!checked.ok) return checked;
  const { choice, payee } = checked.value;
  const context = { program: name, redemption: member, field: 'payee' } as const;
  const kept = {
    ...{ ...owner, ...choice, chosenAt: now },
    ...(payee !== undefined && {
      sealedPayee: await sealer.seal(context, toSealable(payee)),
      payeeMask: maskOf(payee),
      payeeCountries: payeeCountries(payee),
    }),
  };
  for (let round = 1; round <= maximumRounds; round += 1) {
    const before = await payouts.readChoice(owner);
    const next = { ...kept, version: (before?.version ?? 0) + 1 };
    if ((await payouts.putChoice(next)) === 'done') return success(viewOf(next));
  }
  return failure(refusal('TRY_AGAIN'));
}

/** Refusal: `UNKNOWN_PAYOUT_CHOICE` of somebody who has chosen nothing. */
export async function viewPayoutChoice(
  { payouts }: Pick<ChooseRailDependencies, 'payouts'>,
  { program, member }: Owner,
): Promise<Checked<PayoutChoiceView>> {
  const kept = await payouts.readChoice({ program, member });
  return kept === undefined ? failure(refusal('UNKNOWN_PAYOUT_CHOICE')) : success(viewOf(kept));
}

function viewOf({ rail, currency, country, donation, payeeMask, chosenAt }: KeptChoice) {
  return {
    ...{ rail, currency, country, chosenAt: formatInstant(chosenAt) },
    ...(donation !== undefined && { donation }),
    ...(payeeMask !== undefined && { payee: payeeMask }),
  };
}

/** Where the member is by their profile; `undefined` where it does not say. */
async function homeOf(
  { ledger }: ChooseRailDependencies,
  owner: Owner,
): Promise<Checked<string | undefined>> {
  const snapshot = await ledger.readMember(owner);
  const profile = profileOf(snapshot);
  const isKnown = snapshot.balances.size + snapshot.records.size > 0;
  if (!isKnown) return failure(refusal('UNKNOWN_MEMBER'));
  if (profile?.mergedInto !== undefined) return failure(refusal('MEMBER_MERGED'));
  return success(profile?.country);
}

interface CheckedChoice {
  readonly choice: PayoutChoice;
  readonly payee?: Payee;
}

function checkedChoice(
  program: Program,
  body: PayoutChoiceBody,
  home: string | undefined,
): Checked<CheckedChoice> {
  const policy = program.payouts;
  if (policy === undefined) return failure(refusal('PAYOUTS_NOT_OFFERED'));
  const rail = policy.rails.find(({ id }) => id === body.rail);
  if (rail === undefined) return failure(refusal('RAIL_NOT_OFFERED', 'rail'));
  const { currency, country = home, donation } = body;
  if (rail.minimumMinor[currency] === undefined) {
    return failure(refusal('CURRENCY_NOT_ON_RAIL', 'currency'));
  }
  if (country === undefined) return failure(refusal('FIELD_MISSING', 'country'));
  const blocked = countryRefusal(program, policy, { rail, country });
  if (blocked !== undefined) return failure(refusal(blocked, 'country'));
  const refused = donationRefusal(program, rail, donation);
  if (refused !== undefined) return failure(refused);
  const payee = payeeOf(policy, rail, body);
  if (!payee.ok) return payee;
  const choice = { rail: rail.id, currency, country, ...(donation !== undefined && { donation }) };
  return success({ choice, ...(payee.value !== undefined && { payee: payee.value }) });
}

function countryRefusal(
  { countries }: Program,
  { blockedCountries }: PayoutPolicy,
  { rail, country }: { readonly rail: Rail; readonly country: string },
): RefusalCode | undefined {
  if (blockedCountries.includes(country)) return 'COUNTRY_BLOCKED';
  if (rail.countries?.includes(country) === false) return 'COUNTRY_NOT_ON_RAIL';
  return countries?.includes(country) === false ? 'COUNTRY_NOT_IN_PROGRAM' : undefined;
}

/** A rail of gifts gives all away, one of points nothing; else something has to be left to pay. */
function donationRefusal(
  { donations }: Program,
  { kind }: Rail,
  donation: PayoutChoiceBody['donation'],
): Refusal | undefined {
  const isGift = kind === 'donation';
  if (donation === undefined) return isGift ? refusal('FIELD_MISSING', 'donation') : undefined;
  const { charity, percent } = donation;
  if (donations === undefined || !Object.hasOwn(donations.charities, charity)) {
    return refusal('UNKNOWN_CHARITY', 'donation.charity');
  }
  const isPart =
    kind !== 'points' && percent < 100 && donations.percents?.includes(percent) !== false;
  const isOffered = isGift ? percent === 100 : isPart;
  return isOffered ? undefined : refusal('SHARE_NOT_OFFERED', 'donation.percent');
}

/** `undefined` on rails that ask for none. */
function payeeOf(
  { blockedCountries }: PayoutPolicy,
  rail: Rail,
  { currency, payee }: PayoutChoiceBody,
): Checked<Payee | undefined> {
  if (!needsPayee(rail)) {
    return payee === undefined ? success(undefined) : failure(refusal('PAYEE_NOT_WANTED', 'payee'));
  }
  if (payee === undefined) return failure(refusal('FIELD_MISSING', 'payee'));
  if (payee.rail !== rail.kind) return failure(refusal('FIELD_INVALID', 'payee.rail'));
  const isByMail = payee.rail === 'payPal' && payee.receiverKind === 'email';
  if (isByMail && !isReceiverEmail(payee.receiver)) {
    return failure(refusal('INVALID_EMAIL', 'payee.receiver'));
  }
  return checkPayee(payee, { currency, blockedCountries });
}
