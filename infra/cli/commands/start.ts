import { join } from 'node:path';
import { Command } from 'commander';
import { available } from '../../../shared/domain/points/balance.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import { isOffered } from '../../../shared/domain/redemption/price.ts';
import { type Instant, instantOf, localDateAt } from '../../../shared/domain/time.ts';
import { say } from '../exit.ts';
import { readProgramFile } from '../program-file.ts';
import { dayAfterLastEvent } from '../run/as-of.ts';
import { createProgress } from '../run/progress.ts';
import { countLines } from '../run/read-lines.ts';
import type { RedeemLine } from '../run/redemption-feed.ts';
import { exitCodeOf, runPipeline } from '../run/run-pipeline.ts';
import { openSession, type Session } from '../run/session.ts';
import { summaryTable } from '../run/summary-table.ts';
import { lastCountries } from '../sample/last-countries.ts';

interface StartOptions {
  readonly once?: boolean;
}

const programs = join(import.meta.dirname, '..', '..', '..', 'shared', 'programs');
const programPath = join(programs, 'online-retail.json');
const eventsPath = join(programs, 'samples', 'online-retail-sample.jsonl');

/** `guerdon start`: the sample program on the sample orders, from event to delivered reward. */
export function startCommand(): Command {
  return new Command('start')
    .description('run the sample through the local stack; stays up unless --once is given')
    .option('--once', 'exit after the summary')
    .action(async ({ once }: StartOptions) => {
      const program = await readProgramFile(programPath);
      const asOf = await dayAfterLastEvent(eventsPath, program.timeZone, instantOf(Date.now()));
      const session = await openSession({ program, asOf, log: say });
      try {
        const summary = await runPipeline(session, {
          ...{ program, asOf, eventsPath },
          progress: createProgress(await countLines(eventsPath)),
          redeem: async (feed) => feed.feedLines(await sampleRedemptions(session, program, asOf)),
        });
        process.stdout.write(`\n${summaryTable(summary)}`);
        process.exitCode = exitCodeOf(summary);
        if (once !== true) await stayUp(session);
      } finally {
        await session.close();
      }
    });
}

const pointsPerStep = 500n;
const minorPerStep = 500;
const maximumSteps = 10;

/**
 * Every member with enough points takes the gift card of their country, in steps of five, up to
 * fifty.
 */
async function sampleRedemptions(
  { table }: Session,
  program: Program,
  asOf: Instant,
): Promise<RedeemLine[]> {
  const countries = await lastCountries(eventsPath);
  const today = localDateAt(asOf, program.timeZone);
  const lines: RedeemLine[] = [];
  for await (const { member, balance } of table.scan.balances()) {
    const steps = Number(available(balance, today) / pointsPerStep);
    const country = countries.get(member) ?? 'US';
    const reward = program.rewards.find((candidate) => isOffered(program, candidate, country));
    if (steps < 1 || reward === undefined) continue;
    lines.push({
      id: `sample-${member}`,
      member,
      rewardId: reward.id,
      amountMinor: `${Math.min(steps, maximumSteps) * minorPerStep}`,
      currency: reward.currency,
      country,
      email: `${member}@example.com`,
    });
  }
  return lines.sort((left, right) => (left.member < right.member ? -1 : 1));
}

async function stayUp({ stack, standIns }: Session): Promise<void> {
  const lines = [
    '',
    `HTTP API       ${stack.urls.api}`,
    `Mail           ${stack.urls.mail}   open a mail, follow its claim link`,
    ...standIns.map(({ name, baseUrl }) => `Provider       ${baseUrl}   stand-in of ${name}`),
    '',
    'A token for the API: npm run -s guerdon -- token --member m-0001',
    'Ctrl-C stops everything.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  });
}
