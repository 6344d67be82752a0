import { isCurrency } from '../../money/currency.ts';
import { rounded } from '../../money/fraction.ts';
import { minorPerMajor } from '../../money/money.ts';
import { boundsOf } from '../../payout/amounts.ts';
import { payPalCurrencies, wholeAtPayPal } from '../../payout/paypal-currencies.ts';
import { feeOn, type PayoutPolicy, type Rail, type RailKind } from '../../payout/policy.ts';
import { type Finding, type Program, unitsOf } from '../schema.ts';
import { findingAt, type Place } from './places.ts';

type Path = Place['path'];

/** Who can pay by a rail; a prepaid card may be anybody's, and nobody outside pays a gift. */
const payers: Partial<Readonly<Record<RailKind, readonly string[]>>> = {
  payPal: ['paypal-payouts'],
  bankAccount: ['wise', 'bank-file'],
};

/** Money that no wallet holds, that nobody could pay, or of which nothing would arrive. */
export function payoutFindings(program: Program): Finding[] {
  const { payouts } = program;
  if (payouts === undefined) return [];
  if (!unitsOf(program).some(isCurrency)) {
    return [findingAt(['payouts'], 'pays out money, but members may hold none: name `wallets`')];
  }
  const ofRails = payouts.rails.flatMap((rail, index) => {
    const path = ['payouts', 'rails', index];
    return [
      ...kindFindings(program, rail, path),
      ...sourceFindings(rail, path),
      ...currencyFindings(program, rail, path),
      ...feeFindings(rail, path),
      ...countryFindings(program, rail, path),
    ];
  });
  return [...ofRails, ...secondPersonFindings(payouts)];
}

function kindFindings(program: Program, rail: Rail, path: Path): Finding[] {
  const { kind, exchange, fee } = rail;
  if (kind === 'points') return pointsFindings(program, rail, path);
  const findings: Finding[] = [];
  if (exchange !== undefined) {
    findings.push(findingAt([...path, 'exchange'], `says nothing of a ${kind}: leave it out`));
  }
  if (kind !== 'donation') return findings;
  if (program.donations === undefined) {
    findings.push(findingAt([...path, 'kind'], 'needs `donations`: whom members can give to'));
  }
  if (fee !== undefined) {
    findings.push(findingAt([...path, 'fee'], 'has no place: what is given away goes whole'));
  }
  return findings;
}

/** Points stay in the program: nobody outside is asked, nothing is charged, nobody looks. */
function pointsFindings({ exchanges }: Program, rail: Rail, path: Path): Finding[] {
  const { exchange: name, fee, maximumMinor, minimumMinor } = rail;
  const findings: Finding[] = [];
  const say = (key: string, message: string) => findings.push(findingAt([...path, key], message));
  if (fee !== undefined) say('fee', 'has no place: points cost nothing');
  if (maximumMinor !== undefined) {
    say('maximumMinor', 'has no place: points never wait for a person');
  }
  const exchange = exchanges.find(({ id }) => id === name);
  if (exchange?.direction !== 'walletToPoints') {
    say('exchange', 'must name one of the `exchanges` that goes `walletToPoints`');
    return findings;
  }
  const { amountMinor, currency, minimum = 1, points, rounding } = exchange;
  const least = minimumMinor[currency];
  if (least === undefined) return findings;
  const worth = { numerator: BigInt(least) * BigInt(points), denominator: BigInt(amountMinor) };
  if (least < minimum || rounded(worth, rounding) === 0n) {
    const message = `is less than \`${exchange.id}\` turns into points`;
    findings.push(findingAt([...path, 'minimumMinor', currency], message));
  }
  return findings;
}

function sourceFindings({ kind, sources }: Rail, path: Path): Finding[] {
  const at = [...path, 'sources'];
  if (kind === 'donation' || kind === 'points') {
    return sources.length === 0 ? [] : [findingAt(at, 'has no place: nobody outside is asked')];
  }
  const known = payers[kind];
  if (sources.length === 0) {
    const who = known === undefined ? 'a provider with `products`' : oneOf(known);
    return [findingAt(at, `must not be empty: a ${kind} is paid by ${who}`)];
  }
  return sources.flatMap(({ provider, products }, index) => {
    const findings: Finding[] = [];
    const first = sources.findIndex((source) => source.provider === provider);
    const say = (key: string, message: string) =>
      findings.push(findingAt([...at, index, key], message));
    if (first !== index) say('provider', `${provider} is named already, at ${first}`);
    if (known?.includes(provider) === false) {
      say('provider', `cannot pay a ${kind}: must be ${oneOf(known)}`);
    }
    if (known !== undefined && products.length > 0) {
      say('products', 'are of cards: leave them out');
    }
    if (known === undefined && products.length === 0) {
      say('products', 'must not be empty: which card it is');
    }
    return findings;
  });
}

function oneOf(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `one of ${names.join(', ')}`;
}

function currencyFindings(program: Program, rail: Rail, path: Path): Finding[] {
  const { minimumMinor, maximumMinor = {} } = rail;
  const currencies = Object.keys(minimumMinor);
  if (currencies.length === 0) {
    const message = 'must not be empty: the currencies that it pays, each from so much on';
    return [findingAt([...path, 'minimumMinor'], message)];
  }
  const wallets = unitsOf(program).filter(isCurrency);
  const isFromWallet = rail.kind === 'donation' || rail.kind === 'points';
  const known = isFromWallet ? wallets : [...program.currencies, ...wallets];
  const where = isFromWallet ? 'among the `wallets`' : 'among the `currencies` or the `wallets`';
  const strange = currencies
    .filter((currency) => !known.includes(currency))
    .map((currency) => findingAt([...path, 'minimumMinor', currency], `is not ${where}`));
  const low = currencies.flatMap((currency) => {
    const { least, most } = boundsOf(rail, currency);
    if (least === undefined || most === undefined || most >= least) return [];
    const message = `must be at least the minimum, ${least}`;
    return [findingAt([...path, 'maximumMinor', currency], message)];
  });
  const refused = rail.kind === 'payPal' ? currencies.filter(isUnpaidByPayPal) : [];
  return [
    ...[...strange, ...low, ...unpaid(maximumMinor, currencies, [...path, 'maximumMinor'])],
    ...refused.map((currency) =>
      findingAt([...path, 'minimumMinor', currency], 'is none that PayPal pays to the last digit'),
    ),
  ];
}

/** Payouts are of whole minor units, and not rounded to what PayPal takes of some currencies. */
function isUnpaidByPayPal(currency: string): boolean {
  if (!payPalCurrencies.has(currency)) return true;
  return wholeAtPayPal.has(currency) && minorPerMajor(currency) !== 1n;
}

/** Figures of currencies that are not paid, which would never be looked at. */
function unpaid(figures: object, paid: readonly string[], path: Path): Finding[] {
  return Object.keys(figures)
    .filter((currency) => !paid.includes(currency))
    .map((currency) => findingAt([...path, currency], 'is not paid: give it a `minimumMinor`'));
}

function feeFindings(rail: Rail, path: Path): Finding[] {
  const { fee, kind, minimumMinor } = rail;
  if (fee === undefined || kind === 'donation' || kind === 'points') return [];
  const at = [...path, 'fee'];
  const { bearer, fixedMinor, basisPoints, maximumMinor = {} } = fee;
  if (fixedMinor === undefined && basisPoints === undefined) {
    return [findingAt(at, 'costs nothing: give it `fixedMinor` or `basisPoints`')];
  }
  const paid = Object.keys(minimumMinor);
  const eaten = Object.entries(minimumMinor).flatMap(([currency, least]) => {
    const amount = { amountMinor: BigInt(least), currency };
    if (bearer === 'program' || feeOn(rail, amount) < amount.amountMinor) return [];
    return [findingAt(at, `takes all of the least payout in ${currency}, ${least}`)];
  });
  return [
    ...unpaid(fixedMinor ?? {}, paid, [...at, 'fixedMinor']),
    ...unpaid(maximumMinor, paid, [...at, 'maximumMinor']),
    ...eaten,
  ];
}

function countryFindings(program: Program, { countries = [] }: Rail, path: Path): Finding[] {
  const blocked = program.payouts?.blockedCountries ?? [];
  return countries.flatMap((country, index) => {
    const at = [...path, 'countries', index];
    if (blocked.includes(country)) {
      return [findingAt(at, `${country} is among the \`blockedCountries\``)];
    }
    if (program.countries?.includes(country) !== false) return [];
    return [findingAt(at, `${country} is not among the program's \`countries\``)];
  });
}

function secondPersonFindings({ rails, secondPersonFrom = {} }: PayoutPolicy): Finding[] {
  const asking = rails.filter(({ kind }) => kind !== 'points');
  const paid = new Set(asking.flatMap(({ minimumMinor }) => Object.keys(minimumMinor)));
  return Object.keys(secondPersonFrom)
    .filter((currency) => !paid.has(currency))
    .map((currency) =>
      findingAt(['payouts', 'secondPersonFrom', currency], 'is paid by none of the `rails`'),
    );
}
