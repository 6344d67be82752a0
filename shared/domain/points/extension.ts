import type { LotKey } from '../ledger/entry.ts';
import { type Decision, emptyDecision } from '../member/decision.ts';
import { balanceIn, type MemberSnapshot } from '../member/snapshot.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Program } from '../program/schema.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { addDays, type Instant, localDateAt } from '../time.ts';
import { type Balance, dayOfLot, isExpired, neverLot } from './balance.ts';
import { expiryOf, lotRoundedUp } from './expiry.ts';

interface Extension {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly unit: string;
  /** The lot; where inactivity ends all points, the day on which it would. */
  readonly lot: LotKey;
  /** Without it, all of the lot; where inactivity ends all points, always all. */
  readonly points?: bigint | undefined;
  readonly days: number;
  readonly reason: string;
  readonly now: Instant;
}

/**
 * Puts the expiry of points off by so many days, rounded up to the program's period.
 * `EXTENSION_NOT_ALLOWED` beyond the program's `extendDays`, `LOT_EXPIRED`, `INSUFFICIENT_POINTS`.
 */
export function extensionDecision(extension: Extension): Result<Decision, Refusal> {
  const { compiled, snapshot, unit, lot, days } = extension;
  const { program } = compiled;
  const expiry = expiryOf(program, unit);
  if (days < 1 || days > (expiry?.extendDays ?? 0)) {
    return failure(refusal('EXTENSION_NOT_ALLOWED', 'data.days'));
  }
  const today = localDateAt(extension.now, program.timeZone);
  if (isExpired(lot, today)) return failure(refusal('LOT_EXPIRED', 'data.lot'));
  const balance = balanceIn(snapshot, unit);
  const toLot = lotRoundedUp(program, addDays(dayOfLot(lot), days));
  return endsByInactivity(program, unit)
    ? clockExtension(extension, balance, toLot)
    : lotExtension(extension, balance, toLot);
}

function endsByInactivity(program: Program, unit: string): boolean {
  return expiryOf(program, unit)?.kind === 'inactivity';
}

function clockExtension(
  extension: Extension,
  { activeUntil = neverLot, lots }: Balance,
  until: LotKey,
): Result<Decision, Refusal> {
  const { unit, lot } = extension;
  if (lot === neverLot || activeUntil !== lot) {
    return failure(refusal('EXTENSION_NOT_ALLOWED', 'data.lot'));
  }
  const points = [...lots.values()].reduce((sum, held) => sum + held, 0n);
  return success({ ...extended(extension, points, until), activeUntil: [{ unit, until }] });
}

function lotExtension(
  extension: Extension,
  { lots }: Balance,
  toLot: LotKey,
): Result<Decision, Refusal> {
  const { unit, lot, snapshot } = extension;
  if (lot === neverLot) return failure(refusal('EXTENSION_NOT_ALLOWED', 'data.lot'));
  const held = lots.get(lot) ?? 0n;
  const { points = held } = extension;
  if (points < 1n || points > held) return failure(refusal('INSUFFICIENT_POINTS', 'data.points'));
  const moved = { member: snapshot.member, unit, points, lot, toLot };
  const movements = [{ kind: 'extend', ...moved }] as const;
  return success({ ...extended(extension, points, toLot), movements });
}

function extended({ unit, lot, reason }: Extension, points: bigint, toLot: LotKey): Decision {
  const days = { day: dayOfLot(lot), toDay: dayOfLot(toLot) };
  const inputs = { unit, points: `${points}`, ...days, reason };
  return emptyDecision('extension', { reason: 'EXTENDED', inputs });
}
