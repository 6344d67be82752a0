import { join } from 'node:path';
import { Command } from 'commander';
import type { Program } from '../../../shared/domain/program/schema.ts';
import {
  formatInstant,
  type Instant,
  instantOf,
  localDateAt,
} from '../../../shared/domain/time.ts';
import { say } from '../exit.ts';
import { readProgramFile } from '../program-file.ts';
import { dayAfterLastEvent } from '../run/as-of.ts';
import { createProgress } from '../run/progress.ts';
import { countLines } from '../run/read-lines.ts';
import { deadLetterLines, exitCodeOf, runPipeline } from '../run/run-pipeline.ts';
import { openSession, type Session } from '../run/session.ts';
import { summaryTable } from '../run/summary-table.ts';
import { lastCountries } from '../sample/last-countries.ts';
import { openShop } from '../start/open-shop.ts';
import { keepSampleRates } from '../start/sample-rates.ts';
import { sampleRedemptions } from '../start/sample-redemptions.ts';
import { loadSampleVouchers } from '../start/sample-vouchers.ts';

interface StartOptions {
  readonly once?: boolean;
}

const programs = join(import.meta.dirname, '..', '..', '..', 'shared', 'programs');
const programPath = join(programs, 'online-retail.json');
const samples = join(programs, 'samples');
const eventsPath = join(samples, 'online-retail-sample.jsonl');

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
        await runSample(session, { program, asOf, staysUp: once !== true });
      } finally {
        await session.close();
      }
    });
}

interface Sample {
  readonly program: Program;
  readonly asOf: Instant;
  readonly staysUp: boolean;
}

async function runSample(session: Session, { program, asOf, staysUp }: Sample): Promise<void> {
  const countries = await lastCountries(eventsPath);
  const asked = new Map<string, string[]>();
  const today = localDateAt(asOf, program.timeZone);
  await keepSampleRates(session.table.rates, { asOf, today });
  const clock = { now: () => asOf };
  await loadSampleVouchers(session, { program: program.program, clock, folder: samples });
  say(
    'The sample has ten bad lines and an order told twice with two amounts, on purpose, as real ' +
      'feeds do: each is refused below with its reason, and stops nothing.',
  );
  const summary = await runPipeline(session, {
    ...{ program, asOf, eventsPath },
    progress: createProgress(await countLines(eventsPath)),
    redeem: async (feed) => {
      await feed.feedLines(await sampleRedemptions(session, { program, asOf, countries }));
      for (const [member, ids] of feed.acceptedOf) asked.set(member, ids);
    },
  });
  for (const line of deadLetterLines(summary)) say(line);
  process.stdout.write(`\n${summaryTable(summary)}`);
  process.exitCode = exitCodeOf(summary);
  if (!staysUp) return;
  const shop = await openShop(session, { program, asOf, countries, asked });
  const present = formatInstant(asOf);
  await stayUp(session, { shop: shop.origin, present }).finally(() => shop.stop());
}

async function stayUp(
  { stack, standIns }: Session,
  told: { readonly shop: string; readonly present: string },
): Promise<void> {
  const lines = [
    '',
    `Shop front     ${told.shop}   choose a member, redeem, follow it`,
    `Mail           ${stack.urls.mail}   open a mail, follow its claim link`,
    `HTTP API       ${stack.urls.api}`,
    ...standIns.map(({ name, baseUrl }) => `Provider       ${baseUrl}   stand-in of ${name}`),
    '',
    `The stack's present is ${told.present}: events from long after it are refused.`,
    'A token for the API: npm run -s guerdon -- token --member m-0001',
    'Ctrl-C stops everything.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  });
}
