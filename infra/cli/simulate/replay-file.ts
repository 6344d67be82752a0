import { maximumBodyBytes } from '../../../shared/contracts/body.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { LedgerStore } from '../../../shared/ports/ledger.ts';
import type { GivenRates } from '../replay/given-rates.ts';
import { bookingTime, periodEndAfter, playsHistory } from '../replay/periods.ts';
import type { EventCounts } from '../run/event-feed.ts';
import { eventsInTime, firstEventTime } from '../run/events-in-time.ts';
import { historyStart } from '../run/play-history.ts';
import { readLines } from '../run/read-lines.ts';
import { SimulatedProgram } from './simulated-program.ts';

export interface ReplayInput {
  readonly program: Program;
  readonly eventsPath: string;
  readonly asOf: Instant;
  /** For programs that convert money. */
  readonly rates?: GivenRates;
  readonly onProgress: (lines: number) => void;
}

/**
 * Books a file on a ledger as `run` would: period by period, with the schedules at each end, where
 * the program's calendar can bring anything; otherwise at once in file order, and the schedules at
 * the end.
 */
export async function replayFile(ledger: LedgerStore, input: ReplayInput): Promise<EventCounts> {
  const { program, eventsPath, asOf, rates } = input;
  const from = await firstEventTime(eventsPath);
  const isHistory = from !== undefined && playsHistory(program, from, asOf);
  const start = isHistory ? historyStart(program, from) : asOf;
  const simulated = new SimulatedProgram(program, ledger, start);
  if (rates !== undefined) await simulated.keepRates(rates);
  if (isHistory) await playPeriods(simulated, input, from);
  else await playAtOnce(simulated, input);
  // A run ends with its schedules too.
  await simulated.runSchedules();
  return simulated.counts;
}

async function playAtOnce(simulated: SimulatedProgram, input: ReplayInput): Promise<void> {
  for await (const line of readLines(input.eventsPath, maximumBodyBytes)) {
    await simulated.send(line);
    input.onProgress(simulated.counts.received);
  }
}

/** Events of a period are booked shortly before its end, at which what is due is done. */
async function playPeriods(
  simulated: SimulatedProgram,
  { program, eventsPath, asOf, onProgress }: ReplayInput,
  from: Instant,
): Promise<void> {
  let end = periodEndAfter(program, from);
  const endPeriod = async () => {
    simulated.moveClock(end);
    await simulated.runSchedules();
    end = periodEndAfter(program, end);
    simulated.moveClock(end <= asOf ? bookingTime(end) : asOf);
  };
  for await (const line of eventsInTime(eventsPath)) {
    while (line.at >= end && end <= asOf) await endPeriod();
    await simulated.send(line);
    onProgress(simulated.counts.received);
  }
  while (end <= asOf) await endPeriod();
  simulated.moveClock(asOf);
}
