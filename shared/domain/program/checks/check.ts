import { walletFindings } from '../../member/wallet.ts';
import type { Finding, Program } from '../schema.ts';
import { awardFindings } from './awards.ts';
import { balanceFindings } from './balance-size.ts';
import { capFindings } from './caps.ts';
import { entryFindings } from './entry-size.ts';
import { figureKeyFindings } from './figure-keys.ts';
import { identityFindings } from './identities.ts';
import { levelFindings } from './levels.ts';
import { lotFindings } from './lot-checks.ts';
import { moneyFindings } from './money-checks.ts';
import { pathFindings } from './paths.ts';
import { patternFindings } from './patterns.ts';
import { payoutFindings } from './payouts.ts';
import { promotionFindings } from './promotions.ts';
import { redemptionFindings } from './redemption-checks.ts';
import { referenceFindings } from './references.ts';
import { shadowFindings } from './shadows.ts';
import { textFindings } from './texts.ts';
import { wayFindings } from './ways-checks.ts';
import { windowFindings } from './windows.ts';

const families: readonly ((program: Program) => Finding[])[] = [
  referenceFindings,
  identityFindings,
  textFindings,
  moneyFindings,
  lotFindings,
  levelFindings,
  windowFindings,
  capFindings,
  promotionFindings,
  awardFindings,
  wayFindings,
  redemptionFindings,
  payoutFindings,
  walletFindings,
  patternFindings,
  shadowFindings,
  pathFindings,
  figureKeyFindings,
  balanceFindings,
  entryFindings,
];

/**
 * What the schema alone cannot see: names that nothing declares, limits that contradict, patterns
 * that match nothing, members whose figures would not fit. All at once, in the order of pointers.
 */
export function checkProgram(program: Program): Finding[] {
  const found = families.flatMap((findings) => findings(program));
  return found.sort((one, other) => inOrder(one.pointer, other.pointer));
}

const numbersInOrder = new Intl.Collator('en', { numeric: true });

/** Elements of a list by their number: `/rules/2` before `/rules/10`. */
function inOrder(one: string, other: string): number {
  return numbersInOrder.compare(one, other);
}
