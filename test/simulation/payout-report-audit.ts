import { reportPayouts } from '../../shared/app/payouts/report-payouts.ts';
import type { ReportRow } from '../../shared/domain/payout/report.ts';
import { collected } from '../stores/auditor.ts';
import { program } from '../support/paying.ts';
import { add, type PayoutRow, payoutRows, printed, type Sums } from './payout-books.ts';
import type { PayoutStorm } from './payout-storm.ts';

/** A run's report against sums of its entries; what differs, as sentences. */
export async function auditReport(storm: PayoutStorm, run: string): Promise<readonly string[]> {
  const { payouts } = storm.dependencies;
  const { report, skipped, unplaced } = await reportPayouts(storm.dependencies, { program, run });
  const findings = report.mismatches().map(({ account, rail }) => `${rail} differs in ${account}.`);
  const rows = payoutRows(storm).filter((row) => row.run === run);
  const told = printed(sumsTold(report.rows()));
  const posted = printed(sumsPosted(rows));
  for (const key of new Set([...Object.keys(told), ...Object.keys(posted)])) {
    if (told[key] === posted[key]) continue;
    findings.push(`${run} reports ${told[key]} for ${key}, and its entries have ${posted[key]}.`);
  }
  const lines = await collected(payouts.lines(program, run));
  const planned = lines.filter(({ outcome }) => outcome.kind === 'payout');
  if (planned.length !== rows.length + unplaced) {
    findings.push(`${run} has ${planned.length} lines for ${rows.length} payouts.`);
  }
  const left = [...skipped.values()].reduce((sum, count) => sum + count, 0);
  if (left !== lines.length - planned.length) findings.push(`${run} tells of ${left} left ones.`);
  return findings;
}

function sumsTold(rows: readonly ReportRow[]): Sums {
  const sums: Sums = new Map();
  for (const row of rows) {
    const at = (what: string) => `${row.rail} ${row.currency} ${what}`;
    add(sums, at('members'), BigInt(row.members));
    add(sums, at('payouts'), BigInt(row.payouts));
    add(sums, at('net'), row.netMinor);
    add(sums, at('paid'), row.paidMinor);
    add(sums, at('open'), row.openMinor);
    add(sums, at('failed'), row.failedMinor);
    add(sums, at('returned'), row.returnedMinor);
    add(sums, at('gross'), row.grossMinor);
    add(sums, at('fees of paid ones'), row.feesMinor - feesOfOthers(row));
    for (const [unit, amount] of row.fxResult) add(sums, at(`result in ${unit}`), amount);
    for (const [unit, amount] of row.donated) add(sums, at(`given in ${unit}`), amount);
  }
  return sums;
}

/** Reports count what members would have borne: it is the rest of gross and net. */
function feesOfOthers({ feesMinor, grossMinor, netMinor }: ReportRow): bigint {
  return feesMinor - (grossMinor - netMinor);
}

function sumsPosted(rows: readonly PayoutRow[]): Sums {
  const sums: Sums = new Map();
  const members = new Map<string, Set<string>>();
  for (const { hold, kinds, posted, wasReturned } of rows) {
    const { amountMinor, currency, entry, rewardId: rail, terms, unit } = hold;
    const at = (what: string) => `${rail} ${currency} ${what}`;
    const of = (account: string, in_: string) => posted.get(`${account} ${in_}`) ?? 0n;
    const borne = terms.payout?.bearer === 'member' ? terms.payout.feeMinor : 0n;
    const own = members.get(at('members')) ?? new Set<string>();
    members.set(at('members'), own.add(entry.member));
    add(sums, at('payouts'), 1n);
    add(sums, at('net'), amountMinor);
    add(sums, at('gross'), amountMinor + borne);
    add(sums, at('fees of paid ones'), borne);
    add(sums, at('paid'), of('redeemed', currency));
    add(sums, at(`result in ${unit}`), of('fxResult', unit));
    add(sums, at(`given in ${unit}`), of('donation', unit));
    if (of('held', unit) !== 0n) add(sums, at('open'), amountMinor);
    if (!kinds.includes('release')) continue;
    add(sums, at(wasReturned ? 'returned' : 'failed'), amountMinor);
  }
  for (const [key, own] of members) add(sums, key, BigInt(own.size));
  return sums;
}

/** What came back in one run is paid by the next, or is too little since a part was given away. */
export async function auditDueAgain(
  storm: PayoutStorm,
  { before, next }: { readonly before: string; readonly next: string },
): Promise<{ readonly findings: readonly string[]; readonly placed: number }> {
  const lines = await collected(storm.dependencies.payouts.lines(program, next));
  const outcomes = new Map(lines.map((it) => [`${it.member} ${it.unit}`, it.outcome]));
  const findings: string[] = [];
  let placed = 0;
  for (const { hold, run, state, wallet } of payoutRows(storm)) {
    if (run !== before) continue;
    const outcome = outcomes.get(wallet);
    const said = outcome?.kind === 'skipped' ? outcome.reason : outcome?.kind;
    if (state === 'released') {
      const isLess = said === 'BELOW_THRESHOLD' && hold.terms.payout?.donatedMinor !== 0n;
      if (said === 'payout') placed += 1;
      else if (!isLess) findings.push(`${wallet} came back, and was not paid again: ${said}.`);
    } else if (state !== 'captured' && said !== undefined && said !== 'STILL_OPEN') {
      findings.push(`${wallet} is open, and ${said} was said of it.`);
    }
  }
  return { findings, placed };
}
