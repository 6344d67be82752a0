import * as z from 'zod';
import { payInSession } from '../../../infra/cli/payout/run.ts';
import type { Session } from '../../../infra/cli/run/session.ts';
import type { StateTable } from '../../../infra/cli/state-table.ts';
import { payouts } from '../../../shared/domain/program/schema/payouts.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { deliver } from '../../stores/ledger-actor.ts';
import { sampleProgram } from '../../support/sample-program.ts';
import { ApiClient, programName } from './api-client.ts';
import { giveAmounts } from './redeem-all.ts';

/** What every transfer costs the member who gets it. */
export const feeMinor = 30n;

/** The sample, paid out in euro by files of a bank; wallets are filled by hand. */
export function bankProgram(): Program {
  const rail = {
    ...{ id: 'bank', kind: 'bankAccount', names: { en: 'Bank account' } },
    ...{ minimumMinor: { EUR: 1_000 }, sources: [{ provider: 'bank-file' }] },
    fee: { bearer: 'member', fixedMinor: { EUR: Number(feeMinor) } },
  };
  return { ...sampleProgram(), payouts: z.parse(payouts, { rails: [rail] }) };
}

/** Published in IBAN's registry, for examples. */
const ibans = [
  ...['DE89370400440532013000', 'AT611904300234573201', 'FR1420041010050500013M02606'],
  ...['NL91ABNA0417164300', 'ES9121000418450200051332', 'GR1601101250000000012300695'],
];
/** As people write them: files have none of these letters. */
const names = ['Jürgen Groß', 'Zoë O’Brien', 'Łukasz Żak', 'Ελένη Παππά', 'Ann Example'];

export interface BankMember {
  readonly member: string;
  readonly walletMinor: bigint;
}

/** Members with money in their wallets who want it in their bank account. */
export async function bankMembers(session: Session, count: number): Promise<BankMember[]> {
  const members = Array.from({ length: count }, (_, index) => {
    return { member: `payee-${index}`, walletMinor: 2_500n + BigInt(index) * 101n };
  });
  // Who has ever earned is in the list of members.
  await giveAmounts(session, Object.fromEntries(members.map(({ member }) => [member, 100])));
  const api = await ApiClient.of(session.stack.urls.api, { scope: 'staff', subject: 'desk' });
  const settle = async ({ member, walletMinor }: BankMember, index: number) => {
    const owner = { program: programName, member, unit: 'EUR' };
    const money = { hash: `of-${member}`, kind: 'accrual', points: walletMinor, owner } as const;
    await deliver(session.table.ledger, money, 'd');
    const iban = ibans[index % ibans.length] ?? '';
    const country = iban.slice(0, 2);
    const holderName = names[index % names.length];
    const account = { kind: 'iban', iban };
    const payee = { rail: 'bankAccount', holderName, country, account };
    const own = `/v1/programs/${programName}/members/${member}`;
    const email = `${member}@example.test`;
    const told = await api.send('PUT', `${own}/preferences`, { body: { email } });
    const body = { rail: 'bank', currency: 'EUR', country, payee };
    const chosen = await api.send('PUT', `${own}/payout-choice`, { body });
    if (told.status !== 200 || chosen.status !== 200) throw new Error(told.text + chosen.text);
  };
  await Promise.all(members.map(settle));
  return members;
}

/** Of their wallets, in the order of the members. */
export function walletsOf(
  table: Pick<StateTable, 'ledger'>,
  members: readonly BankMember[],
): Promise<bigint[]> {
  return Promise.all(
    members.map(async ({ member }) => {
      const owner = { program: programName, member, unit: 'EUR' };
      const { lots } = await table.ledger.readBalance(owner);
      return [...lots.values()].reduce((sum, minor) => sum + minor, 0n);
    }),
  );
}

export async function payAll(session: Session, run: string, asOf: Instant) {
  const command = { program: programName, run, asOf, requestedBy: 'fin' };
  const paid = await payInSession(session, command);
  if (!paid.ok) throw new Error(paid.failure.code);
  return paid.value;
}

/** One payout of a run, which its provider has: whoever it was for has thought again. */
export async function callOffOne({ stack, drain, table }: Session, run: string): Promise<unknown> {
  for await (const { member, outcome } of table.payouts.lines(programName, run)) {
    if (outcome.kind !== 'payout') continue;
    const api = await ApiClient.of(stack.urls.api, { scope: 'staff', subject: 'desk' });
    const path = `/v1/programs/${programName}/members/${member}/redemptions/${outcome.payout}`;
    const { body } = await api.send('POST', `${path}/cancel`, { body: {} });
    await drain();
    return body.status;
  }
  throw new Error(`The run ${run} has paid nobody.`);
}
