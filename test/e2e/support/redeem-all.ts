import { setTimeout as wait } from 'node:timers/promises';
import type { Session } from '../../../infra/cli/run/session.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import { eventLine } from '../../support/event-lines.ts';
import { ApiClient, programName } from './api-client.ts';
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
    const ask = async (): Promise<void> => {
      for (const index of waiting) {
        if ((await redeemOne(api, index)) === 'accepted') fresh += 1;
        if (index % 20 === 0) tell(index);
      }
    };
    await Promise.all(Array.from({ length: atATime }, ask));
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

async function redeemOne(api: ApiClient, index: number): Promise<'accepted' | 'known'> {
  const member = `m-${index % memberCount}`;
  const body = {
    rewardId: rewardOf(index),
    ...{ amountMinor: String(500 + 100 * (index % 7)), currency: 'GBP', country: 'GB' },
    email: `${member}@example.com`,
  };
  for (let tries = 1; ; tries += 1) {
    const { status, text } = await api.member('POST', member, '/redemptions', {
      ...{ body, key: `r-${index}` },
    });
    if (status === 202) return 'accepted';
    if (status === 200) return 'known';
    const mayRetry = tries < maximumTries && status >= 500;
    if (!mayRetry) throw new Error(`Redemption ${index} is refused: ${status} ${text}`);
    await wait(200);
  }
}
