import { Command } from 'commander';
import {
  type StatementView,
  viewStatement,
  type WalletView,
} from '../../../shared/app/members/statement.ts';
import { type Refusal, refusal } from '../../../shared/domain/refusal.ts';
import { failure, type Result } from '../../../shared/domain/result.ts';
import { printJson } from '../exit.ts';
import { decimalOfRatio } from '../fx/decimal-text.ts';
import { refuseQuestion } from '../fx/refuse.ts';
import { readState, type StateReading } from '../read-state.ts';

interface StatementOptions {
  readonly member: string;
  readonly state: string;
  readonly language?: string;
  readonly json?: boolean;
}

/** `guerdon statement`: what one member has, and what their money is worth together. */
export function statementCommand(): Command {
  return new Command('statement')
    .description("print a member's wallets and points, and a total at the rates of the day")
    .requiredOption('--member <member>', 'whose statement')
    .requiredOption('--state <dir>', 'the state that a run has left')
    .option('--language <tag>', "one of the program's languages, for amounts; default the first")
    .option('--json', 'print JSON')
    .action(async (options: StatementOptions) => {
      const read = await readState(options.state, (state) => statementIn(state, options));
      if (!read.ok) return refuseQuestion(read.failure);
      if (options.json === true) return printJson(read.value);
      for (const line of linesOf(read.value)) process.stdout.write(`${line}\n`);
    });
}

/** Of the state's present. A name that nobody has there is told, as it may be a slip. */
async function statementIn(
  { table, program: { program }, asOf }: StateReading,
  { member, language }: StatementOptions,
): Promise<Result<StatementView, Refusal>> {
  const { balances, records } = await table.ledger.readMember({ program, member });
  if (balances.size + records.size === 0) return failure(refusal('UNKNOWN_MEMBER', 'member'));
  const dependencies = { ...table, clock: { now: () => asOf } };
  const question = { program, member, ...(language !== undefined && { language }) };
  return viewStatement(dependencies, question);
}

function linesOf({ on, wallets, points, total }: StatementView): string[] {
  const left = total.complete ? '' : `; without ${total.leftOut.join(', ')}`;
  return [
    ...wallets.map((wallet) => walletLine(wallet, total.currency)),
    ...points.map(({ unit, available, pending, debt }) => {
      const waiting = pending.map((one) => `${one.points}${dayText(one)}`);
      return lineOf([`${available} ${unit}`, ...laterText(waiting), ...debtText(debt, debt)]);
    }),
    `total ${total.text} on ${on}${left}`,
  ];
}

function walletLine(
  { currency, available, pending, debt, rate, refused }: WalletView,
  into: string,
): string {
  const waiting = pending.map((one) => `${one.text}${dayText(one)}`);
  const parts = [available.text, ...laterText(waiting), ...debtText(debt.amountMinor, debt.text)];
  // An empty wallet is worth nothing at any rate.
  if (available.amountMinor === '0') return lineOf(parts);
  if (rate === undefined) return lineOf([...parts, ...(refused === undefined ? [] : [refused])]);
  if (currency === into) return lineOf(parts);
  const { asOf, source } = rate;
  const by = `1 ${currency} = ${decimalOfRatio(rate.rate)} ${into}, as of ${asOf}, ${source}`;
  return lineOf([...parts, by]);
}

function dayText({ vestOn }: { readonly vestOn?: string }): string {
  return vestOn === undefined ? '' : ` from ${vestOn}`;
}

function laterText(waiting: readonly string[]): string[] {
  return waiting.length === 0 ? [] : [`pending ${waiting.join(', ')}`];
}

function debtText(digits: string, text: string): string[] {
  return digits === '0' ? [] : [`owes ${text}`];
}

function lineOf(parts: readonly string[]): string {
  return parts.join('\t');
}
