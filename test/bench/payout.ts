// A payout run over members of whom each is due, on the memory stores, against reading and writing
// the same items with nothing decided: each member's balances, choice, address and newest payout
// are read, and the line, the hold with its entry and the delayed check are written. Both are timed
// by the processor time of this thread, in turn; what the ratio tells is what deciding costs. Then
// the most that a run keeps alive above what the plain pass keeps: it must not grow with members.
import { program } from '../support/paying.ts';
import { bytesAbove, collectGarbage } from './payout/memory.ts';
import { recordedCalls, replayed, runAll, sliceMembers } from './payout/replay.ts';
import { benchStage } from './payout/stage.ts';

const goals = { times: 3, memory: 1.2 };
const few = 10_000;
const many = 100_000;
const rounds = 2;
/** Two looks at the same differ by so much, as code is compiled: five bytes for each member. */
const noiseBytes = 500_000;

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

async function collected(members: AsyncIterable<string>): Promise<number> {
  let count = 0;
  for await (const _ of members) count += 1;
  return count;
}

/** Milliseconds. */
async function plainPass(count: number): Promise<number> {
  const stage = await benchStage(0, count);
  collectGarbage();
  const began = cpuMs();
  if ((await collected(stage.payouts.members(program))) !== count)
    throw new Error('All are there.');
  let elapsedMs = cpuMs() - began;
  for (let first = 0; first < count; first += sliceMembers) {
    const calls = await recordedCalls(first, sliceMembers);
    const sliceBegan = cpuMs();
    await replayed(stage, calls, true);
    elapsedMs += cpuMs() - sliceBegan;
  }
  return elapsedMs;
}

async function ownPass(count: number): Promise<number> {
  const stage = await benchStage(0, count);
  collectGarbage();
  const began = cpuMs();
  await runAll(stage);
  return cpuMs() - began;
}

async function compareTimes(): Promise<void> {
  await plainPass(few);
  await ownPass(few);
  let [plainMs, ownMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round += 1) {
    plainMs = Math.min(plainMs, await plainPass(many));
    ownMs = Math.min(ownMs, await ownPass(many));
  }
  const ratio = ownMs / plainMs;
  console.log(`members paid: ${many}`);
  console.log(`members a second: ${Math.round((many / ownMs) * 1000)}`);
  console.log(
    `milliseconds, and of the same items alone: ${Math.round(ownMs)}, ${Math.round(plainMs)}`,
  );
  console.log(`times as long: ${ratio.toFixed(2)} at most ${goals.times}`);
  if (ratio > goals.times) process.exitCode = 1;
}

async function compareMemory(): Promise<void> {
  const fewBytes = await bytesAbove(few);
  const manyBytes = await bytesAbove(many);
  const most = Math.max(fewBytes * goals.memory, noiseBytes);
  console.log(`bytes above the plain pass, ${few} members: ${fewBytes}`);
  console.log(
    `bytes above the plain pass, ${many} members: ${manyBytes} at most ${Math.round(most)}`,
  );
  if (manyBytes > most) process.exitCode = 1;
}

await compareTimes();
await compareMemory();
