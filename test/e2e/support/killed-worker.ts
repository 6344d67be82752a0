import { parseArgs } from 'node:util';
import { trialBalance } from '../../../infra/cli/ledger/trial-balance.ts';
import { verifyLedger } from '../../../infra/cli/ledger/verify.ts';
import { openSession, type Session } from '../../../infra/cli/run/session.ts';
import { readOutcomes, wrongOutcomes } from './books-of-rewards.ts';
import { allFaults } from './faults-of-all.ts';
import { fourProvidersProgram } from './four-providers.ts';
import { caseReasons, rawItems } from './raw-table.ts';
import { asOf, redeemAll } from './redeem-all.ts';
import { untilSettled } from './until-settled.ts';

/*
 * A process of its own, to be killed: it asks for so many redemptions, or goes on with them where
 * another was killed, works until every one has its end, and prints what came of them.
 */

export interface WorkReport {
  readonly captured: number;
  readonly released: number;
  readonly wrong: readonly string[];
  readonly perProvider: Readonly<Record<string, number>>;
  readonly cases: readonly string[];
  readonly deadLetters: number;
  readonly mismatches: number;
  readonly sumByUnit: Readonly<Record<string, string>>;
  /** That have passed on the clock of the functions, and on the machine's. */
  readonly hours: number;
  readonly seconds: number;
}

const { values } = parseArgs({
  options: { state: { type: 'string' }, seed: { type: 'string' }, count: { type: 'string' } },
});
const { state = '', seed: seedText = '1', count: countText = '1000' } = values;
const [seed, count] = [Number(seedText), Number(countText)];
const share = 0.15;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function work(session: Session): Promise<WorkReport> {
  const startMs = performance.now();
  for (const standIn of session.standIns) standIn.setFaults(allFaults(standIn, share));
  const told = (line: string) => say(`faults ${JSON.stringify(struck(session))}\n${line}`);
  await redeemAll(session, { count, tell: (accepted) => told(`accepted ${accepted}`) });
  const { hours } = await untilSettled(session, { tell: (open) => told(`open ${open}`) });
  const outcomes = await readOutcomes(session);
  const settled = [...outcomes.values()].map((outcome) => outcome.settled);
  const verified = await verifyLedger(session.table.scan);
  return {
    captured: settled.filter((each) => each === 'captured').length,
    released: settled.filter((each) => each === 'released').length,
    wrong: wrongOutcomes(outcomes),
    perProvider: Object.fromEntries(
      session.standIns.map(({ name, rewardsIssued }) => [name, rewardsIssued()]),
    ),
    cases: caseReasons(await rawItems(session.stack)),
    deadLetters: await session.stack.deadLetterCount(),
    mismatches: verified.mismatches.length,
    sumByUnit: (await trialBalance(session.table.scan)).sumByUnit,
    ...{ hours, seconds: Math.round((performance.now() - startMs) / 100) / 10 },
  };
}

function struck({ standIns }: Session): Record<string, number> {
  const all = standIns.flatMap(({ name, counters }) =>
    Object.entries(counters()).map(([fault, times]) => [`${name}.${fault}`, times] as const),
  );
  return Object.fromEntries(all);
}

const session = await openSession({
  ...{ program: fourProvidersProgram(), asOf, stateDirectory: state, seed, log: say },
  rateLimitFactor: 20,
});
try {
  process.stdout.write(`${JSON.stringify(await work(session))}\n`);
} finally {
  await session.close();
}
