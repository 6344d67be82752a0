import { randomBytes } from 'node:crypto';
import type { Program } from '../../../shared/domain/program/schema.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { DeadLetters } from '../../local/dead-letters.ts';
import { exitCodes } from '../exit.ts';
import { type EventCounts, EventFeed } from './event-feed.ts';
import { type LedgerSummary, type RewardRow, summariseState } from './ledger-summary.ts';
import { playHistory } from './play-history.ts';
import type { Progress } from './progress.ts';
import { type RedemptionCounts, RedemptionFeed, unexpectedCode } from './redemption-feed.ts';
import type { Session } from './session.ts';
import { type UnitFigures, WriteUnits } from './write-units.ts';

/** What `run` prints. Amounts and balances are strings of digits. */
export interface RunSummary {
  readonly events: EventCounts;
  readonly ledger: LedgerSummary;
  readonly members: number;
  readonly redemptions: RedemptionCounts;
  readonly rewards: RewardRow[];
  readonly writeUnits: Record<string, UnitFigures>;
  readonly deadLetters: number;
  readonly deadLettersByQueue: readonly DeadLetters[];
  readonly seconds: number;
  readonly eventsPerSecond: number;
}

export interface RunInput {
  readonly program: Program;
  readonly asOf: Instant;
  readonly eventsPath: string;
  /** The first event's time, where history is to be played from it on. */
  readonly historyFrom?: Instant;
  /** Whether the state holds what earlier runs have booked. */
  readonly isResumed?: boolean;
  /** Feeds redemptions once the events are booked. */
  readonly redeem?: (feed: RedemptionFeed, session: Session) => Promise<void>;
  readonly progress: Progress;
}

/** Feeds a file through the pipeline, drains it, lets members redeem, drains again and sums up. */
export async function runPipeline(session: Session, input: RunInput): Promise<RunSummary> {
  const { stack, table } = session;
  const { program, asOf, progress } = input;
  const units = new WriteUnits();
  const stopListening = stack.onFunctionLog((_, record) => units.add(record));
  const startMs = Date.now();
  const events = await feedEvents(session, input);
  await progress.during('Running schedules', async () => {
    await stack.runSchedules();
    await session.drain();
  });
  const firstSendMs = events.firstSendMs ?? startMs;
  const eventSeconds = (Date.now() - firstSendMs) / 1000;
  const redemptions = new RedemptionFeed(stack, program.program);
  if (input.redeem !== undefined) {
    await progress.during('Feeding redemptions', async () => input.redeem?.(redemptions, session));
    await progress.during('Delivering rewards', () => session.drain());
  }
  const seconds = (Date.now() - firstSendMs) / 1000;
  const state = await summariseState(table.scan, program, asOf);
  for (const redemption of redemptions.accepted) {
    const outcome = state.outcomes.get(redemption) ?? 'pending';
    redemptions.counts[countNames[outcome]] += 1;
  }
  stopListening();
  return {
    events: events.counts,
    ledger: state.ledger,
    members: state.members,
    redemptions: redemptions.counts,
    rewards: state.rewards,
    writeUnits: units.figures(state.outcomes),
    deadLetters: await stack.deadLetterCount(),
    deadLettersByQueue: stack.deadLetters(),
    seconds: Math.round(seconds * 100) / 100,
    eventsPerSecond: Math.round(events.counts.received / Math.max(eventSeconds, 0.001)),
  };
}

async function feedEvents(session: Session, input: RunInput): Promise<EventFeed> {
  const { program, asOf: to, eventsPath, historyFrom: from, isResumed = false, progress } = input;
  const feed = new EventFeed(session.stack, {
    ...{ program: program.program, runId: randomBytes(6).toString('hex') },
    order: from === undefined ? 'event' : 'member',
  });
  try {
    await progress.counted('Events sent', (at) => {
      if (from === undefined) return feed.feed(eventsPath, at);
      return playHistory(session, feed, { program, eventsPath, from, to, isResumed }, at);
    });
    await progress.during('Booking events', () => feed.finish());
    return feed;
  } finally {
    await feed.close();
  }
}

/** One line for each queue: who failed, what it logged last, and where to read more. */
export function deadLetterLines({ deadLettersByQueue }: RunSummary): string[] {
  return deadLettersByQueue.map(({ queue, count, lastCode, ...failed }) => {
    const messages = `${count} dead ${count === 1 ? 'letter' : 'letters'}`;
    const last = lastCode === undefined ? '' : ` The last fault it logged is ${lastCode}.`;
    const more = 'GUERDON_DEBUG=1 before the command prints all that functions log.';
    return `${messages} of ${failed.function}, in ${queue}.${last} ${more}`;
  });
}

/** The exit code of a command that ends with this summary. */
export function exitCodeOf({ deadLetters, ledger, redemptions }: RunSummary): number {
  const isSound =
    deadLetters === 0 && ledger.balanced && redemptions.refused[unexpectedCode] === undefined;
  return isSound ? exitCodes.done : exitCodes.findings;
}

const countNames = { pending: 'pending', captured: 'fulfilled', released: 'released' } as const;
