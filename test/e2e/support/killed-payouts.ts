import { parseArgs } from 'node:util';
import { payInSession } from '../../../infra/cli/payout/run.ts';
import { openSession, type Session } from '../../../infra/cli/run/session.ts';
import { allFaults } from './faults-of-all.ts';
import { asOf, fourRailsProgram } from './four-rails.ts';
import { caseReasons, rawItems } from './raw-table.ts';
import { untilSettled } from './until-settled.ts';

/*
 * A process of its own, to be killed: it starts a run of payouts, or goes on with it where another
 * was killed, with faults of every kind, until each payout has its end, and a week longer, in
 * which some come back.
 */

export interface PayReport {
  readonly cases: readonly string[];
  readonly deadLetters: number;
  /** That have passed on the clock of the functions, and on the machine's. */
  readonly hours: number;
  readonly seconds: number;
}

const { values } = parseArgs({
  options: { state: { type: 'string' }, seed: { type: 'string' }, share: { type: 'string' } },
});
const { state = '', seed = '1', share = '0.1' } = values;
const program = fourRailsProgram(['FR']);
const dayMs = 24 * 3_600_000;
/** PayPal gives back after thirty days what nobody has claimed. */
const longestMs = 40 * dayMs;
/** Banks send back within a week. */
const daysAfter = 8;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function work(session: Session): Promise<PayReport> {
  const startMs = performance.now();
  for (const standIn of session.standIns) standIn.setFaults(allFaults(standIn, Number(share)));
  let captured = 0;
  session.stack.onFunctionLog((_, { code }) => {
    if (code !== 'REDEMPTION_CAPTURED') return;
    captured += 1;
    told(session, `captured ${captured}`);
  });
  const command = { run: 'march', program: program.program, asOf, requestedBy: 'fin' };
  const result = await payInSession(telling(session), command);
  if (!result.ok) throw new Error(result.failure.code);
  say(`run ${JSON.stringify({ ...result.value, report: undefined })}`);
  let { hours } = await settle(session);
  // Whoever asks for balances meets stand-ins that have gone on by their clock.
  session.passTime(daysAfter * dayMs);
  await session.stack.runSchedules(/float/i);
  hours += 24 * daysAfter + (await settle(session)).hours;
  return {
    cases: caseReasons(await rawItems(session.stack)),
    deadLetters: await session.stack.deadLetterCount(),
    ...{ hours, seconds: Math.round((performance.now() - startMs) / 100) / 10 },
  };
}

function settle(session: Session) {
  return untilSettled(session, {
    tell: (open) => told(session, `open ${open}`),
    meanwhile: () => decideStuck(session),
    ...{ longestMs, longestStepMs: 2 * dayMs },
  });
}

/** Says of each line that is written, so that somebody can kill it in the midst. */
function telling(session: Session): Session {
  const { payouts } = session.table;
  let lines = 0;
  const putLine: typeof payouts.putLine = async (line) => {
    await payouts.putLine(line);
    lines += 1;
    told(session, `line ${lines}`);
  };
  return { ...session, table: { ...session.table, payouts: { ...payouts, putLine } } };
}

function told({ standIns }: Session, line: string): void {
  const all = standIns.flatMap(({ name, counters }) =>
    Object.entries(counters()).map(([fault, times]) => [`${name}.${fault}`, times] as const),
  );
  say(`faults ${JSON.stringify(Object.fromEntries(all))}\n${line}`);
}

/** PayPal leaves some batches undecided: every third of them fails in the end. */
async function decideStuck({ standIns, now }: Session): Promise<void> {
  const payPal = standIns.find(({ name }) => name === 'paypal-payouts');
  for (const [index, order] of (payPal?.orders() ?? []).entries()) {
    if (order.status !== 'PENDING' || now() < asOf + dayMs / 2) continue;
    payPal?.decide(order, index % 3 === 0 ? 'failed' : 'delivered');
  }
}

const session = await openSession({
  ...{ program, asOf, stateDirectory: state, seed: Number(seed), log: say },
  rateLimitFactor: 20,
});
try {
  process.stdout.write(`${JSON.stringify(await work(session))}\n`);
} finally {
  await session.close();
}
