import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PrintedLine } from '../../infra/cli/payout/lines.ts';
import type { PaidRun } from '../../infra/cli/payout/run.ts';
import type { ShownPayout } from '../../infra/cli/payout/show.ts';
import { readProgramFile } from '../../infra/cli/program-file.ts';
import type { RunSummary } from '../../infra/cli/run/run-pipeline.ts';
import { openSession } from '../../infra/cli/run/session.ts';
import type { Mail } from '../../infra/local/mail/mailbox.ts';
import type { StatementView } from '../../shared/app/members/statement.ts';
import { instantOf } from '../../shared/domain/time.ts';
import { OrderStore } from '../providers/fake/tremendous/store.ts';
import { WiseStore } from '../providers/fake/wise/store.ts';
import { writeLines } from '../support/event-lines.ts';
import { guerdon, guerdonJson, samplePrograms, temporaryFolder } from '../support/guerdon.ts';
import { readBooks, type StateBooks } from '../support/state-books.ts';
import { ApiClient } from './support/api-client.ts';
import { bookingEvents } from './support/cruise-bookings.ts';

// Both programs are played rule by rule in their scenarios: here they go the whole way, once.

const seedPath = (name: string) => join(samplePrograms, 'seeds', `${name}.json`);

const onCard = { rewardId: 'reloadable-card', currency: 'USD', country: 'US' };
const asGift = { rewardId: 'gift-catalogue', currency: 'GBP', country: 'GB' };
const wanted = [
  { member: 'agent-low', ...onCard, amountMinor: '2250' },
  { member: 'agent-low', ...onCard, amountMinor: '2500' },
  { member: 'agent-open', ...onCard, amountMinor: '2500' },
  { member: 'agent-late', ...onCard, amountMinor: '2500' },
  { member: 'agent-gb', ...onCard, country: 'GB', amountMinor: '2500' },
  { member: 'agent-us', ...asGift, country: 'US', amountMinor: '2500' },
  { member: 'agent-us', ...onCard, amountMinor: '2500' },
  { member: 'agent-gb', ...asGift, amountMinor: '2500' },
];

it('Celebrity Rewards: points by sale, once claimed and paid, become card or gift', async () => {
  const folder = await temporaryFolder();
  const [events, redeem] = [join(folder, 'events.jsonl'), join(folder, 'redeem.jsonl')];
  const state = join(folder, 'state');
  await writeLines(events, bookingEvents());
  await writeLines(
    redeem,
    wanted.map((line, index) => {
      return { id: `r-${index}`, ...line, email: `${line.member}@example.com` };
    }),
  );
  const program = ['--program', seedPath('celebrity-rewards')];
  const files = ['--events', events, '--redeem', redeem, '--state', state];
  const run = ['run', ...program, ...files, '--as-of', '2026-05-01'];
  const summary = await guerdonJson<RunSummary>(...run);
  expect(summary.events).toMatchObject({ accrued: 10, refused: {} });
  expect(summary.redemptions).toMatchObject({ requested: 8, fulfilled: 2, pending: 0 });
  expect(summary.redemptions.refused).toEqual({
    ...{ BELOW_MINIMUM: 1, INSUFFICIENT_POINTS: 3, REWARD_NOT_IN_COUNTRY: 2 },
  });
  const { balances, trial, verified } = await readBooks(state);
  expect(balances).toEqual({
    ...{ 'agent-us': { PTS: '0' }, 'agent-gb': { PTS: '500' }, 'agent-low': { PTS: '2250' } },
    ...{ 'agent-late': { PTS: '0' }, 'agent-unclaimed': { PTS: '0' }, 'agent-open': { PTS: '0' } },
  });
  expect([trial.balanced, verified.mismatches]).toEqual([true, []]);
  expect(accountIn(trial, 'breakage', 'PTS')).toBe('3000');
  expect(accountIn(trial, 'pending', 'PTS')).toBe('1500');
  const statement = ['statement', '--member', 'agent-open', '--state', state];
  const { points } = await guerdonJson<StatementView>(...statement);
  expect(points).toMatchObject([{ available: '0', pending: [{ points: '1500' }] }]);
  const orders = new OrderStore(join(state, 'provider-orders.jsonl')).all();
  expect(orders.map(({ status, reward }) => ({ status, ...reward }))).toMatchObject([
    {
      status: 'EXECUTED',
      products: ['RELOADABLE-CARD-USD'],
      denomination: '25.00',
      currency: 'USD',
    },
    {
      status: 'EXECUTED',
      products: ['GIFT-CATALOGUE-GBP'],
      denomination: '25.00',
      currency: 'GBP',
    },
  ]);
}, 240_000);

function accountIn({ accounts }: StateBooks['trial'], account: string, unit: string) {
  return accounts.find((row) => row.account === account && row.unit === unit)?.amount;
}

const ordered = '2026-01-05T10:00:00Z';
/** 5 % of 300.20 and 1 % of 99.80; napkins are not in the catalogue. */
const basket = [
  { sku: 'BRK-SALMON-10', quantity: 2, amountMinor: '30020' },
  { sku: 'BRK-COFFEE-1KG', quantity: 1, amountMinor: '9980' },
  { sku: 'BRK-NAPKINS', quantity: 9, amountMinor: '10000' },
];
const account = { kind: 'sortCode', sortCode: '20-30-40', accountNumber: '12345678' };
const payee = { rail: 'bankAccount', holderName: 'The Bistro Ltd', country: 'GB', account };

it('Brakes: cashback by product, a part of it given, with a receipt and a statement', async () => {
  const folder = await temporaryFolder();
  const [events, payeePath] = [join(folder, 'events.jsonl'), join(folder, 'payee.json')];
  const state = join(folder, 'state');
  const order = { source: 'shop', id: 'o-1', type: 'order.delivered', member: 'bistro' };
  const amount = { amountMinor: '50000', currency: 'GBP' };
  await writeLines(events, [{ ...order, ...amount, occurredAt: ordered, lines: basket }]);
  await writeFile(payeePath, JSON.stringify(payee));
  const program = ['--program', seedPath('brakes-help-for-hospitality')];
  const at = ['--state', state];
  const run = ['run', ...program, '--events', events, ...at, '--as-of', '2026-02-10'];
  const booked = await guerdonJson<RunSummary>(...run);
  expect(booked.events).toMatchObject({ accrued: 1, refused: {} });
  expect(booked.ledger).toMatchObject({ balanced: true, liability: { GBP: '1600' } });

  const rail = ['--rail', 'bank-account', '--currency', 'GBP', '--country', 'GB'];
  const who = ['--member', 'bistro', '--payee', payeePath, '--email', 'bistro@example.com'];
  const part = ['--donate', 'hospitality-fund:25'];
  const chosen = await guerdon('payout', 'choose', ...who, ...rail, ...part, ...at);
  expect(chosen).toMatchObject({ status: 0, stdout: 'bistro is paid GBP by bank-account.\n' });
  const named = ['--run', 'february', '--as-of', '2026-02-10', '--actor', 'fin'];
  const paid = await guerdonJson<PaidRun>('payout', 'run', ...named, ...at);
  expect(paid).toMatchObject({ paid: 1, failed: 0, report: { state: 'done', differences: [] } });
  expect(paid.report.rows).toMatchObject([
    {
      ...{ rail: 'bank-account', currency: 'GBP', grossMinor: '1200', feesMinor: '0' },
      ...{ paidMinor: '1200', openMinor: '0', donated: { GBP: '400' } },
    },
  ]);
  expect(transfersIn(state)).toEqual(['12 GBP outgoing_payment_sent']);
  await checkBrakesBooks(state);
  const payout = await checkPayout(at);
  checkReceipt(state, payout);
  await checkStatement(state);
}, 240_000);

function transfersIn(state: string): string[] {
  const transfers = new WiseStore(join(state, 'wise-orders.jsonl')).transfers();
  return transfers.map(({ target, currency, status }) => `${Number(target)} ${currency} ${status}`);
}

/** What the charity is owed stands in the books under its name. */
async function checkBrakesBooks(state: string): Promise<void> {
  const { balances, trial, verified } = await readBooks(state);
  expect(balances).toEqual({ bistro: { GBP: '0' } });
  expect([trial.balanced, verified.mismatches]).toEqual([true, []]);
  expect(accountIn(trial, 'donation:hospitality-fund', 'GBP')).toBe('400');
}

/** As `payout show` tells it; its id. */
async function checkPayout(at: readonly string[]): Promise<string> {
  const told = await guerdon('payout', 'report', '--run', 'february', '--lines', '--json', ...at);
  expect(told).toMatchObject({ status: 0, stderr: '' });
  const line: PrintedLine = JSON.parse(told.stdout.split('\n')[0] ?? '');
  expect(line).toMatchObject({ member: 'bistro', availableMinor: '1600', state: 'paid' });
  const { payout = '' } = line;
  const shown = await guerdonJson<ShownPayout>('payout', 'show', payout, ...at);
  expect(shown).toMatchObject({
    ...{ gross: { amountMinor: '1600' }, net: { amountMinor: '1200' }, state: 'paid' },
    donated: { amountMinor: '400', currency: 'GBP', charity: 'hospitality-fund' },
  });
  expect(JSON.stringify(shown)).not.toMatch(/12345678|Bistro/);
  return payout;
}

/** One mail of its own: the charity, the amount, the day and a number. */
function checkReceipt(state: string, payout: string): void {
  const folder = join(state, 'mails');
  const mails = readdirSync(folder).map((name): Mail => {
    return JSON.parse(readFileSync(join(folder, name), 'utf8'));
  });
  const receipts = mails.filter(({ subject }) => subject.startsWith('Receipt'));
  expect(receipts).toMatchObject([{ to: ['bistro@example.com'] }]);
  const text = receipts[0]?.text ?? '';
  for (const told of ['Hospitality Relief Fund', '£4.00', payout, '10 February 2026']) {
    expect(text).toContain(told);
  }
}

/** The member's own page says how the payout was worked out, and what has become of it. */
async function checkStatement(state: string): Promise<void> {
  const name = 'brakes-help-for-hospitality';
  const program = await readProgramFile(seedPath(name));
  const asOf = instantOf(Date.parse('2026-02-10T00:00:00Z'));
  const session = await openSession({
    ...{ program, asOf, stateDirectory: state, log: () => undefined },
  });
  try {
    const { api: origin } = session.stack.urls;
    const caller = { scope: 'member', subject: 'bistro', program: name } as const;
    const api = await ApiClient.of(origin, caller);
    const path = `/v1/programs/${name}/members/bistro/statement-links`;
    const made = await api.send('POST', path, { body: {} });
    expect(made.status, made.text).toBe(201);
    const { pathname } = new URL(String(made.body.url));
    const { status, text } = await new ApiClient(origin).send('GET', pathname);
    expect(status).toBe(200);
    const given = 'Gift to Hospitality Relief Fund: £4.00';
    for (const told of ['From your wallet: £16.00', given, 'Payout: £12.00']) {
      expect(text.replaceAll(/<[^>]*>/g, '')).toContain(told);
    }
  } finally {
    await session.close();
  }
}
