import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { PayMemberDependencies } from '../../../shared/app/payouts/paying-run.ts';
import { program } from '../../support/paying.ts';
import { recordedCalls, replayed, runAll, sliceMembers } from './replay.ts';
import { benchStage } from './stage.ts';

/*
 * Both passes are looked at after the same numbers of members, each time when the plain one has
 * just written them: one that is looked at before it writes its slice of a thousand is ahead by
 * what these keep, 2.6 MB, whatever is being measured. Either pass goes through the store's own
 * list, and its stage is alive until the last look. What a run keeps above the plain pass is the
 * greatest difference between two looks at the same place, not between two peaks.
 */

setFlagsFromString('--expose-gc');
export const collectGarbage = runInNewContext('gc') as () => void;

const looks = 10;

/** Bytes that are alive after each tenth of the members. */
type Alive = readonly number[];
type Look = (membersSoFar: number) => void;

async function aliveDuring(
  count: number,
  pass: (stage: PayMemberDependencies, look: Look) => Promise<void>,
): Promise<Alive> {
  const alive: number[] = [];
  const stage = await benchStage(0, count);
  await pass(stage, (membersSoFar) => {
    if (membersSoFar % (count / looks) !== 0) return;
    collectGarbage();
    alive.push(process.memoryUsage().heapUsed);
  });
  return alive;
}

/** The last 16 members that it has taken are being paid while it is looked at. */
const ownAlive = (count: number) =>
  aliveDuring(count, async (stage, look) => {
    let membersSoFar = 0;
    async function* members(name: string, after?: string) {
      for await (const member of stage.payouts.members(name, after)) {
        membersSoFar += 1;
        look(membersSoFar);
        yield member;
      }
    }
    await runAll({ ...stage, payouts: { ...stage.payouts, members } });
  });

const plainAlive = (count: number) =>
  aliveDuring(count, async (stage, look) => {
    let membersSoFar = 0;
    for await (const _ of stage.payouts.members(program)) {
      membersSoFar += 1;
      if (membersSoFar % sliceMembers !== 0) continue;
      await replaySlice(stage, membersSoFar - sliceMembers);
      look(membersSoFar);
    }
  });

async function replaySlice(stage: PayMemberDependencies, first: number): Promise<void> {
  await replayed(stage, await recordedCalls(first, sliceMembers), false);
}

/** The most that a run has alive at any place above what the plain pass has alive there. */
export async function bytesAbove(count: number): Promise<number> {
  const own = await ownAlive(count);
  const plain = await plainAlive(count);
  return Math.max(...own.map((bytes, place) => bytes - (plain[place] ?? 0)));
}
