import { isCurrency, retirementOf } from '../../money/currency.ts';
import {
  type Exchange,
  type Finding,
  type Program,
  programCurrencyOf,
  unitsOf,
} from '../schema.ts';
import { findingAt, type Place, placesOfAll } from './places.ts';
import { roundTripFindings } from './round-trips.ts';
import { isMoney, plainAwards } from './units-of.ts';

type Check = (program: Program) => Finding[];

/** Wallets that nothing can be kept in, and money that no wallet could take. */
export function moneyFindings(program: Program): Finding[] {
  const checks: Check[] = [otherwiseFindings, retiredFindings, donationFindings, exchangeFindings];
  const more: Check[] = [walletFindings, metricFindings, roundTripFindings];
  return [...checks, ...more].flatMap((check) => check(program));
}

/** Currencies that members may have a balance in. */
function walletsOf(program: Program): string[] {
  return unitsOf(program).filter(isCurrency);
}

function paysMoney({ earning }: Program): boolean {
  return earning.rules.some(({ award }) => plainAwards(award).some(isMoney));
}

function sellsPoints({ direction }: Exchange): boolean {
  return direction === 'pointsToWallet';
}

/** Where money is kept that is kept nowhere else. */
function otherwiseOf(program: Program): string {
  return program.money.otherwise ?? programCurrencyOf(program);
}

function walletFindings(program: Program): Finding[] {
  const { money } = program;
  const givesMoney = paysMoney(program) || program.exchanges.some(sellsPoints);
  if (!givesMoney || money.walletCurrency === 'purchase') return [];
  const wallets = walletsOf(program);
  if (wallets.length === 0) {
    const { walletCurrency } = money;
    const message = `is \`${walletCurrency}\`, but members may hold no money: name \`wallets\``;
    return [findingAt(['money', 'walletCurrency'], message)];
  }
  const kept = otherwiseOf(program);
  if (wallets.includes(kept) || money.otherwise !== undefined) return [];
  const message =
    `keeps money in ${kept}, the program's currency, where it can be kept nowhere else, but ` +
    'members have no balance in it: name it among `wallets`, or one of those as `otherwise`';
  return [findingAt(['money'], message)];
}

function otherwiseFindings(program: Program): Finding[] {
  const { otherwise } = program.money;
  if (otherwise === undefined || unitsOf(program).includes(otherwise)) return [];
  const message = `is ${otherwise}, in which members have no balance: name it among \`wallets\``;
  return [findingAt(['money', 'otherwise'], message)];
}

function metricFindings({ metrics }: Program): Finding[] {
  return metrics.flatMap(({ of, amountIn }, index) => {
    if (amountIn === undefined || of === 'amount') return [];
    const message = `has no meaning where \`of\` is ${of}: leave it out`;
    return [findingAt(['metrics', index, 'amountIn'], message)];
  });
}

/** What is kept in a currency that is replaced goes on in its successor. */
function retiredFindings(program: Program): Finding[] {
  const units = unitsOf(program);
  const places = placesOfAll(program, ['money/wallets/*', 'units/#']);
  return places.flatMap(({ path, value }) => {
    const retirement = retirementOf(String(value));
    if (retirement === undefined || units.includes(retirement.into)) return [];
    const { into, from } = retirement;
    const message =
      `is replaced by ${into} on ${from}, in which members have no balance: ` +
      `name ${into} among the \`wallets\` too`;
    return [findingAt(path, message)];
  });
}

function donationFindings(program: Program): Finding[] {
  const { donations } = program;
  if (donations === undefined) return [];
  const path = ['donations'];
  if (!paysMoney(program)) {
    return [findingAt(path, 'gives away cashback, but no rule pays any: leave it out')];
  }
  const percents = (donations.percents ?? []).flatMap((percent, index) => {
    if (percent <= 100) return [];
    return [findingAt([...path, 'percents', index], 'is more than all of it: at most 100')];
  });
  if (Object.keys(donations.charities).length > 0) return percents;
  return [...percents, findingAt([...path, 'charities'], 'must not be empty: name a charity')];
}

/** Points on one side, money that members can hold on the other. */
function exchangeFindings(program: Program): Finding[] {
  const { exchanges, currencies, money } = program;
  const wallets = walletsOf(program);
  const known = new Set([...currencies, ...wallets]);
  const isKept = (currency: string) =>
    money.walletCurrency !== 'purchase' || wallets.includes(currency);
  return exchanges.flatMap((exchange, index) => {
    const { unit, currency } = exchange;
    const path: Place['path'] = ['exchanges', index];
    const findings: Finding[] = [];
    if (isCurrency(unit)) {
      findings.push(findingAt([...path, 'unit'], `${unit} is money: name a unit of points`));
    }
    if (!known.has(currency)) {
      const message = `${currency} is neither among the \`currencies\` nor among the \`wallets\``;
      findings.push(findingAt([...path, 'currency'], message));
    }
    if (wallets.length === 0) {
      findings.push(findingAt(path, 'needs money, but members may hold none: name `wallets`'));
    } else if (sellsPoints(exchange) && !isKept(currency) && !isKept(otherwiseOf(program))) {
      const message =
        `is ${currency}, in which members have no balance: name it among \`wallets\`, or one of ` +
        'those as `otherwise`';
      findings.push(findingAt([...path, 'currency'], message));
    }
    return findings;
  });
}
