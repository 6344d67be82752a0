import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { verifyLedger } from '../../infra/cli/ledger/verify.ts';
import { openSession, type Session } from '../../infra/cli/run/session.ts';
import type { StandIn } from '../../infra/cli/run/stand-ins.ts';
import { systemDigest } from '../../shared/adapters/crypto.ts';
import { reportPayouts } from '../../shared/app/payouts/report-payouts.ts';
import { payouts } from '../../shared/domain/program/schema/payouts.ts';
import { instantOf } from '../../shared/domain/time.ts';
import { deliver } from '../stores/ledger-actor.ts';
import { sampleProgram } from '../support/sample-program.ts';
import { ApiClient, programName } from './support/api-client.ts';
import { giveAmounts } from './support/redeem-all.ts';

const asOf = instantOf(Date.UTC(2026, 5, 15, 12));
const run = '2026-06-15';

const names = { en: 'A rail' };
const minimumMinor = { EUR: 1_000 };
const policy = {
  rails: [
    {
      ...{ id: 'bank', kind: 'bankAccount', names, minimumMinor, sources: [{ provider: 'wise' }] },
      fee: { bearer: 'member', fixedMinor: { EUR: 30 } },
    },
    {
      ...{ id: 'paypal', kind: 'payPal', names, minimumMinor },
      sources: [{ provider: 'paypal-payouts' }],
    },
  ],
  every: 'day',
  sanctionsList: 'watch',
};

const ann = {
  ...{ rail: 'bank', currency: 'EUR', country: 'DE' },
  payee: {
    ...{ rail: 'bankAccount', holderName: 'Ann Example', country: 'DE' },
    account: { kind: 'iban', iban: 'DE02120300000000202051' },
  },
};
const bob = {
  ...{ rail: 'paypal', currency: 'EUR', country: 'DE' },
  payee: { rail: 'payPal', receiverKind: 'email', receiver: 'bob@example.test' },
};
const eve = { ...ann, payee: { ...ann.payee, holderName: 'Jane Doe' } };

let session: Session;

beforeAll(async () => {
  // Its checks ask for rules that pay cashback; here wallets are filled by hand.
  const program = { ...sampleProgram(), payouts: z.parse(payouts, policy) };
  session = await openSession({ program, asOf, log: () => undefined });
  // Who has ever earned is in the list of members.
  await giveAmounts(session, { ann: 100, bob: 100, eve: 100 });
  const api = await ApiClient.of(session.stack.urls.api, { scope: 'staff', subject: 'desk' });
  for (const [member, body] of Object.entries({ ann, bob, eve })) {
    const owner = { program: programName, member, unit: 'EUR' };
    const money = { hash: `money-of-${member}`, kind: 'accrual', points: 2_500n, owner } as const;
    await deliver(session.table.ledger, money, 'd');
    const path = `/v1/programs/${programName}/members/${member}`;
    const email = `${member}@example.test`;
    const told = await api.send('PUT', `${path}/preferences`, { body: { email } });
    const chosen = await api.send('PUT', `${path}/payout-choice`, { body });
    expect([told.status, chosen.status], told.text + chosen.text).toEqual([200, 200]);
  }
}, 120_000);

afterAll(() => session?.close());

const standIn = (name: string): StandIn => {
  const found = session.standIns.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
};

/** As each hour; then until nothing is under way. */
async function hourly(): Promise<void> {
  await session.stack.runSchedules(/payout-?run/i);
  await session.drain();
}

const placed = () =>
  ['wise', 'paypal-payouts'].map((name) =>
    standIn(name)
      .orders()
      .map(({ status }) => status),
  );

const spendable = async (member: string) => {
  const { lots } = await session.table.ledger.readBalance({
    ...{ program: programName, member, unit: 'EUR' },
  });
  return [...lots.values()].reduce((sum, points) => sum + points, 0n);
};

const reported = async () => {
  const dependencies = { ...session.table, digest: systemDigest };
  const told = await reportPayouts(dependencies, { program: programName, run });
  expect(told.report.mismatches()).toEqual([]);
  return told.report.rows();
};

it('the schedule pays by bank and PayPal, once; what was undone comes back', async () => {
  await hourly();
  expect(placed()).toEqual([[], []]);
  expect((await session.table.payouts.readRun(programName, run))?.state).toBe('running');

  const names = ['John Smith', 'Jane Doe'];
  await session.table.sanctions.keep({ list: 'watch', names, loadedAt: asOf });
  await hourly();
  expect(placed()).toEqual([['outgoing_payment_sent'], ['SUCCESS']]);
  expect(await session.table.payouts.readRun(programName, run)).toMatchObject({
    ...{ state: 'done', requestedBy: 'schedule' },
  });
  await hourly();
  expect(placed()).toEqual([['outgoing_payment_sent'], ['SUCCESS']]);
  expect(await reported()).toMatchObject([
    { rail: 'bank', members: 2, grossMinor: 5_000n, paidMinor: 2_470n },
    { rail: 'paypal', members: 1, paidMinor: 2_500n },
  ]);

  for (const order of standIn('wise').orders()) standIn('wise').decide(order, 'failed');
  for (const order of standIn('paypal-payouts').orders())
    standIn('paypal-payouts').reverse?.(order);
  await session.drain();
  expect(await Promise.all(['ann', 'bob', 'eve'].map(spendable))).toEqual([2_500n, 0n, 0n]);
  // PayPal tells of no reversal: its books do, hours later, and they are read once a day.
  session.passTime(25 * 3_600_000);
  await session.stack.runSchedules(/float/i);
  await session.drain();
  expect(placed()).toEqual([['funds_refunded'], ['REVERSED']]);
  expect(await Promise.all(['ann', 'bob', 'eve'].map(spendable))).toEqual([2_500n, 2_500n, 0n]);
  expect(await reported()).toMatchObject([
    { rail: 'bank', returnedMinor: 2_470n },
    { rail: 'paypal', returnedMinor: 2_500n },
  ]);
  expect((await verifyLedger(session.table.scan)).mismatches).toEqual([]);
  expect(await session.stack.deadLetterCount()).toBe(0);
}, 120_000);
