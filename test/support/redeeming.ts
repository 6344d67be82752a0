import { accrue } from '../../shared/app/booking/accrue.ts';
import { quote } from '../../shared/app/redemption/quote.ts';
import { type RedeemCommand, redeem } from '../../shared/app/redemption/redeem.ts';
import type { Program } from '../../shared/domain/program/schema.ts';
import { sinceEver } from '../../shared/domain/program/version.ts';
import type { RedemptionRequest } from '../../shared/domain/redemption/price.ts';
import type { Quote } from '../../shared/domain/redemption/terms.ts';
import { Secret } from '../../shared/domain/secret.ts';
import { delivery } from './deliveries.ts';
import { ScriptedProvider } from './scripted-provider.ts';
import { createWorld, type World } from './world.ts';

const program = 'online-retail';

/** A world of a program in which ann has so many points; `others` have accounts as well. */
export async function worldOf(
  of: Program,
  points = 10_000,
  others: readonly string[] = [],
): Promise<World> {
  const providers = others.map((name) => new ScriptedProvider(name));
  const world = createWorld(of, undefined, providers);
  await accrue(world.dependencies, [delivery({ amountMinor: points * 100 })]);
  return world;
}

/** The program changes from now on. */
export function change(world: World, next: Program): void {
  world.table.programs.set(program, [{ from: sinceEver, program: next }]);
}

/** Asks for a card of ten pounds, with other fields where a test gives them. */
export function request(parts: Partial<RedemptionRequest> = {}): RedemptionRequest {
  return {
    ...{ member: 'ann', rewardId: 'card', amountMinor: 1000n, currency: 'GBP', country: 'GB' },
    ...parts,
  };
}

type Parts = Partial<Omit<RedeemCommand, 'asked'>>;

export function asking(
  idempotencyKey: string,
  asked: RedeemCommand['asked'] | RedemptionRequest = request(),
  parts: Parts = {},
): RedeemCommand {
  const what = 'kind' in asked ? asked : ({ kind: 'reward', request: asked } as const);
  const body = JSON.stringify(what, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
  return {
    ...{ program, caller: 'ann', idempotencyKey, member: 'ann', asked: what, canonicalBody: body },
    email: new Secret('ann@example.com'),
    ...parts,
  };
}

/** The code of a refusal, or what was held: points and status of it. */
export async function outcomeOf(world: World, command: RedeemCommand): Promise<string> {
  const result = await redeem(world.dependencies, command);
  if (!result.ok) return result.failure.code;
  const { hold, record } = result.value;
  return `${hold.points}${record.review === undefined ? '' : ' under review'}`;
}

/** Redeems, and returns the id. */
export async function held(world: World, command: RedeemCommand): Promise<string> {
  const result = await redeem(world.dependencies, command);
  if (!result.ok) throw new Error(result.failure.code);
  return result.value.hold.redemption;
}

export async function quoted(
  world: World,
  asked: RedemptionRequest = request(),
  idempotencyKey = 'q1',
): Promise<Quote> {
  const key = { program, caller: asked.member, idempotencyKey };
  const result = await quote(world.dependencies, { ...key, request: asked });
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.field}`);
  return result.value.quote;
}

export const byQuote = ({ id }: Quote) => ({ kind: 'quote', quote: id }) as const;
