import { setTimeout as wait } from 'node:timers/promises';
import type { Session } from '../../../infra/cli/run/session.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import { eventLine } from '../../support/event-lines.ts';
import { type Answered, ApiClient, programName } from './api-client.ts';
import { onlyIds, rewardIds } from './four-providers.ts';

export const asOf = instantOf(Date.UTC(2026, 2, 2));

/** Few enough for each to have several redemptions under way at once. */
const memberCount = 50;
const atATime = 6;
const maximumTries = 5;
/** Members come over a day, so that an account that was refilled is used again. */
const asksATime = 125;
const betweenMs = 75 * 60_000;

/** Gives points over HTTP, a point for each major unit; the same again changes nothing. */
export async function giveAmounts(
  session: Session,
  amounts: Readonly<Record<string, number>>,
): Promise<void> {
  const api = await ApiClient.of(session.stack.urls.api, { scope: 'integrator', subject: 'shop' });
  const events = Object.entries(amounts).map(([member, amountMinor]) =>
    eventLine({ id: `o-${member}`, member, amountMinor }),
  );
  const { status, text } = await api.send('POST', `/v1/programs/${programName}/events`, {
    body: { events },
  });
  if (status !== 202 || text.includes('refused')) throw new Error(text);
  await session.rest();
}

interface RedeemSettings {
  readonly count: number;
  /** Now and then, how many are accepted. */
  readonly tell: (accepted: number) => void;
}

/**
 * Asks for `count` cards over HTTP, several at a time, in the course of a day. The same again
 * changes nothing, and takes no time: the keys are the same.
 */
export async function redeemAll(session: Session, { count, tell }: RedeemSettings): Promise<void> {
  const members = Array.from({ length: memberCount }, (_, index) => [`m-${index}`, 3_000_000]);
  await giveAmounts(session, Object.fromEntries(members));
  const api = await ApiClient.of(session.stack.urls.api, { scope: 'integrator', subject: 'shop' });
  for (let from = 0; from < count; from += asksATime) {
    const indexes = Array.from({ length: Math.min(asksATime, count - from) }, (_, n) => from + n);
    const waiting = indexes.values();
    let fresh = 0;
    const askEach = async (): Promise<void> => {
      for (const index of waiting) {
        if ((await redeemOne(api, index)) === 'accepted') fresh += 1;
        if (index % 10 === 7) await callOff(api, calledOffAt(index));
        if (index % 20 === 0) tell(index);
      }
    };
    await Promise.all(Array.from({ length: atATime }, askEach));
    if (fresh === 0) continue;
    await session.rest();
    session.passTime(betweenMs);
    await session.stack.runSchedules();
  }
}

/** Every eighth can be had of one provider only. */
function rewardOf(index: number): string {
  const ids = index % 8 === 3 ? onlyIds : rewardIds;
  return ids[Math.floor(index / memberCount) % ids.length] ?? '';
}

/** The one of just now, or one of a while ago: not called yet, under way, or delivered. */
function calledOffAt(index: number): number {
  const back = (index % 40) - 7;
  return Math.max(0, index - 2 * back);
}

/** While it is on its way; one that has been delivered stays so. */
async function callOff(api: ApiClient, index: number): Promise<void> {
  const member = memberOf(index);
  const { body } = await ask(api, index);
  const rest = `/redemptions/${String(body.redemption)}/cancel`;
  const { status, text } = await api.member('POST', member, rest, { body: {} });
  if (status !== 200 && status !== 409) throw new Error(`Call ${index} off: ${status} ${text}`);
}

function memberOf(index: number): string {
  return `m-${index % memberCount}`;
}

function ask(api: ApiClient, index: number): Promise<Answered> {
  const member = memberOf(index);
  const body = {
    rewardId: rewardOf(index),
    ...{ amountMinor: String(500 + 100 * (index % 7)), currency: 'GBP', country: 'GB' },
    email: `${member}@example.com`,
  };
  return api.member('POST', member, '/redemptions', { body, key: `r-${index}` });
}

async function redeemOne(api: ApiClient, index: number): Promise<'accepted' | 'known'> {
  for (let tries = 1; ; tries += 1) {
    const { status, text } = await ask(api, index);
    if (status === 202) return 'accepted';
    if (status === 200) return 'known';
    const mayRetry = tries < maximumTries && status >= 500;
    if (!mayRetry) throw new Error(`Redemption ${index} is refused: ${status} ${text}`);
    await wait(200);
  }
}
