import { maximumOpeningLots } from '../../../shared/domain/commands/opening.ts';
import type { BalanceLine } from './balance-line.ts';

export interface BalanceCommandSettings {
  /** ISO 8601 with an offset. */
  readonly occurredAt: string;
  readonly actor: string;
  readonly reason: string;
}

/** One command as a line of the file that `import-balances` writes. */
export interface BalanceCommand extends Omit<BalanceCommandSettings, 'reason'> {
  readonly id: string;
  readonly source: string;
  readonly type: 'opening.balance';
  readonly member: string;
  readonly data: { readonly lots: readonly BalanceLine[]; readonly reason: string };
}

const source = 'import-balances';

/**
 * All that a member opens with, in as few commands as hold it. Ids say member and place alone, and
 * lots stand in an order of their own: the same balance is booked once however often and in
 * whatever order of lines it comes, and another one under these ids is a conflict.
 */
export function balanceCommands(
  member: string,
  lines: readonly BalanceLine[],
  { occurredAt, actor, reason }: BalanceCommandSettings,
): BalanceCommand[] {
  const lots = lines.filter(({ points }) => points > 0).toSorted(compareLots);
  const commands: BalanceCommand[] = [];
  for (let at = 0; at < lots.length; at += maximumOpeningLots) {
    const data = { lots: lots.slice(at, at + maximumOpeningLots), reason };
    const id = `${member}/${commands.length + 1}`;
    commands.push({ id, source, actor, type: 'opening.balance', member, occurredAt, data });
  }
  return commands;
}

function compareLots(left: BalanceLine, right: BalanceLine): number {
  if (left.unit !== right.unit) return left.unit < right.unit ? -1 : 1;
  const [leftDay, rightDay] = [left.expiresOn ?? '', right.expiresOn ?? ''];
  if (leftDay !== rightDay) return leftDay < rightDay ? -1 : 1;
  return left.points - right.points;
}
