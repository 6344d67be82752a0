import { figureKey } from '../member/figure-key.ts';
import { profileOf } from '../member/profile.ts';
import { standingOf } from '../member/snapshot.ts';
import type { EarningRule } from '../program/schema.ts';
import type { Instant } from '../time.ts';
import { fieldAt } from './event.ts';
import { type EventContext, isInSegments, isOnTiers } from './event-context.ts';
import { isBetween } from './local-day.ts';

/** Why a rule that matches an event is not for this member now, or `undefined`. */
export function ineligible(
  { between, segments, tiers }: EarningRule,
  context: EventContext,
): 'NOT_IN_PERIOD' | 'NOT_IN_SEGMENT' | 'NOT_IN_TIER' | undefined {
  if (between !== undefined && !isBetween(context.day.date, between)) return 'NOT_IN_PERIOD';
  if (segments !== undefined && !isInSegments(context, segments)) return 'NOT_IN_SEGMENT';
  if (tiers !== undefined && !isOnTiers(context, tiers)) return 'NOT_IN_TIER';
  return undefined;
}

/** Why an event cannot earn into the wallet of a unit, or `undefined`. */
export function closedWallet(unit: string, context: EventContext): string | undefined {
  const { wallets } = context.compiled.program.members;
  if (wallets === undefined) return undefined;
  for (const { owner, units, requires = [] } of Object.values(wallets)) {
    if (!units.includes(unit)) continue;
    const missing = requires.find((path) => isEmpty(fieldAt(context.subject, path)));
    if (missing !== undefined) return `WALLET_REQUIRES ${missing}`;
    if (owner === 'member' && isForCompany(context)) return 'WALLET_OF_MEMBERS';
  }
  return undefined;
}

/** What a colleague bought for the company earns nothing into wallets of persons. */
function isForCompany({ event, member }: EventContext): boolean {
  return event.member !== member.member && profileOf(member)?.kind === 'company';
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

export function cooldownKey(rule: string): string {
  return figureKey(`cooldown:${rule}`, undefined);
}

type CooldownUse = { readonly key: string; readonly atSeconds: bigint; readonly read: bigint };

/** `cooling`: the rule has paid too shortly before or after the event. */
export function cooldownOf(
  { id, cooldownSeconds }: EarningRule,
  { member, compiled, event }: EventContext,
): CooldownUse | 'cooling' | undefined {
  if (cooldownSeconds === undefined) return undefined;
  const key = cooldownKey(id);
  const last = standingOf(member, compiled.program).cooldowns.get(key);
  const at = epochSeconds(event.occurredAt);
  if (last === undefined) return { key, atSeconds: at, read: 0n };
  const apart = at > last ? at - last : last - at;
  if (apart < BigInt(cooldownSeconds)) return 'cooling';
  return { key, atSeconds: at > last ? at : last, read: last };
}

function epochSeconds(instant: Instant): bigint {
  return BigInt(Math.floor(instant / 1000));
}
