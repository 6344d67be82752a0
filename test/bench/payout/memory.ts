import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { program } from '../../support/paying.ts';
import { recordedCalls, replayed, runAll, sliceMembers } from './replay.ts';
import { benchStage } from './stage.ts';

setFlagsFromString('--expose-gc');
export const collectGarbage = runInNewContext('gc') as () => void;

const samples = 10;

function aliveBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** What is alive at most; `paid` is told of each member before they are paid. */
async function mostAlive(count: number, pass: (told: Told) => Promise<void>): Promise<number> {
  let [at, most] = [0, 0];
  await pass(() => {
    at += 1;
    if (at % (count / samples) === 0) most = Math.max(most, aliveBytes());
  });
  return Math.max(most, aliveBytes());
}

type Told = () => void;

const ownAlive = (count: number) =>
  mostAlive(count, async (told) => {
    const stage = await benchStage(0, count);
    async function* members(name: string) {
      for await (const member of stage.ledger.members(name)) {
        told();
        yield member;
      }
    }
    await runAll({ ...stage, ledger: { ...stage.ledger, members } });
    told();
  });

/** With the names of its members, as the store lists them, for as long as it goes. */
const plainAlive = (count: number) =>
  mostAlive(count, async (told) => {
    const stage = await benchStage(0, count);
    let at = 0;
    for await (const _ of stage.ledger.members(program)) {
      told();
      at += 1;
      if (at % sliceMembers === 0) {
        await replayed(stage, await recordedCalls(at - sliceMembers, sliceMembers), false);
      }
    }
    told();
  });

/** What a run has alive at most, above what the plain pass over as many members has. */
export async function bytesAbove(count: number): Promise<number> {
  return (await ownAlive(count)) - (await plainAlive(count));
}
