import { execFileSync } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Verification } from '../../infra/cli/ledger/verify.ts';
import type { RunSummary } from '../../infra/cli/run/run-pipeline.ts';
import { readStateFile } from '../../infra/local/state-file.ts';
import { eventLine, writeLines } from '../support/event-lines.ts';
import {
  guerdon,
  guerdonJson,
  programPath,
  startGuerdon,
  temporaryFolder,
} from '../support/guerdon.ts';

/** With a redemption each; `GUERDON_KILLED_MEMBERS=40` takes three times as long. */
const memberCount = Number(process.env.GUERDON_KILLED_MEMBERS ?? '12');
const ordersEach = 15;

/** How much there is to do before a run is at its end. */
interface Work {
  readonly memberCount: number;
  readonly ordersEach: number;
}

interface Files {
  readonly events: string;
  readonly redeem: string;
  readonly state: string;
}

async function writeFiles(work: Work): Promise<Files> {
  const members = Array.from({ length: work.memberCount }, (_, index) => `m-${index + 1}`);
  const folder = await temporaryFolder();
  const files = {
    events: join(folder, 'events.jsonl'),
    redeem: join(folder, 'redeem.jsonl'),
    state: join(folder, 'state'),
  };
  const orderCount = work.memberCount * work.ordersEach;
  const orders = Array.from({ length: orderCount }, (_, index) =>
    eventLine({
      id: `o-${index}`,
      member: members[index % members.length] ?? 'm-1',
      amountMinor: 10_000,
    }),
  );
  await writeLines(files.events, orders);
  await writeLines(
    files.redeem,
    members.map((member) => ({
      ...{ id: `r-${member}`, member, rewardId: 'gift-card-gbp', amountMinor: 500 },
      ...{ currency: 'GBP', country: 'GB', email: `${member}@example.com` },
    })),
  );
  return files;
}

function runArguments({ events, redeem, state }: Files): string[] {
  const files = ['--events', events, '--redeem', redeem, '--state', state];
  return ['run', '--program', programPath, ...files, '--as-of', '2026-03-02'];
}

/** Processes whose command line names the state directory. */
function processesOf(state: string): string[] {
  const table = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' });
  return table.split('\n').filter((line) => line.includes(state) && !line.includes('ps -eo'));
}

/** The latest time that the functions' clock has shown (epoch ms), as the state remembers it. */
function clockOf(state: string): number {
  return Date.parse(readStateFile(state)?.clock ?? '');
}

async function waitFor(what: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 2400; tries += 1) {
    if (await what()) return;
    await wait(50);
  }
  throw new Error('It did not come about within two minutes.');
}

/** When, and what the run says by then. */
const killPoints = [
  ['while events are booked', 'Booking events'],
  ['while rewards are delivered', 'Delivering rewards'],
] as const;

it.each(killPoints)(
  'loses nothing and pays nothing twice when killed %s',
  async (_, step) => {
    const files = await writeFiles({ memberCount, ordersEach });
    const { child, finished } = startGuerdon(...runArguments(files), '--json');
    let told = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      told += chunk.toString();
    });
    await waitFor(() => told.includes(step));
    await wait(700);
    child.kill('SIGKILL');
    await finished;
    await waitFor(() => processesOf(files.state).length === 0);
    const killedAt = clockOf(files.state);
    expect(killedAt).toBeGreaterThan(Date.UTC(2026, 2, 2));

    const summary = await guerdonJson<RunSummary>(...runArguments(files));
    const { events, redemptions } = summary;
    const count = memberCount;
    expect(events.received).toBe(count * ordersEach);
    expect(events.accrued + events.duplicate).toBe(count * ordersEach);
    expect(redemptions).toMatchObject({ requested: count, released: 0, pending: 0, refused: {} });
    expect(redemptions.fulfilled + redemptions.duplicate).toBe(count);
    expect(summary.rewards).toEqual([
      {
        ...{ country: 'GB', currency: 'GBP', provider: 'tremendous' },
        ...{ count, amountMinor: String(count * 500) },
      },
    ]);
    const liability = { PTS: String(count * (ordersEach * 100 - 500)) };
    expect(summary.ledger).toMatchObject({ balanced: true, liability });
    expect(summary.deadLetters).toBe(0);
    const books = await readFile(join(files.state, 'provider-orders.jsonl'), 'utf8');
    const references = books.match(
      /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g,
    );
    expect(new Set(references).size).toBe(count);
    expect(clockOf(files.state)).toBeGreaterThan(killedAt);
    const verified = await guerdonJson<Verification>('ledger', 'verify', '--state', files.state);
    expect(verified).toMatchObject({ mismatches: [], sumByUnit: { PTS: '0', USD: '0' } });
  },
  300_000,
);

const little: Work = { memberCount: 1, ordersEach: 5 };

it('refuses a state that another run holds, naming it, while runs of their own go on', async () => {
  // A lock is taken at once, and given back at the end: little work will do.
  const [files, other] = await Promise.all([writeFiles(little), writeFiles(little)]);
  const first = startGuerdon(...runArguments(files), '--json');
  await waitFor(() =>
    stat(files.state).then(
      () => processesOf(files.state).length > 0,
      () => false,
    ),
  );
  const [refused, beside] = await Promise.all([
    guerdon(...runArguments(files), '--json'),
    guerdon(...runArguments(other), '--json'),
  ]);
  expect(refused.status).toBe(2);
  expect(refused.stderr).toContain(String(first.child.pid));
  expect(beside.status).toBe(0);
  expect((await first.finished).status).toBe(0);
}, 300_000);
