import { type TrialBalance, trialBalance } from '../../infra/cli/ledger/trial-balance.ts';
import { type Verification, verifyLedger } from '../../infra/cli/ledger/verify.ts';
import { readState } from '../../infra/cli/read-state.ts';
import { available } from '../../shared/domain/points/balance.ts';
import { localDateAt } from '../../shared/domain/time.ts';
import { guerdonJson } from './guerdon.ts';

/** Available by member and unit. */
export type Balances = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface StateBooks {
  readonly balances: Balances;
  readonly trial: TrialBalance;
  readonly verified: Verification;
}

/** The books of a state as a person asks for them, one command after the other. */
export async function askForBooks(directory: string): Promise<StateBooks> {
  const state = ['--state', directory];
  return {
    balances: await guerdonJson<Balances>('balances', ...state),
    trial: await guerdonJson<TrialBalance>('ledger', 'trial-balance', ...state),
    verified: await guerdonJson<Verification>('ledger', 'verify', ...state),
  };
}

/** The same, read by what the commands read with: the database starts once, and not thrice. */
export async function readBooks(directory: string): Promise<StateBooks> {
  return readState(directory, async ({ table: { scan }, program, asOf }) => {
    const today = localDateAt(asOf, program.timeZone);
    const balances: Record<string, Record<string, string>> = {};
    for await (const { member, unit, balance } of scan.balances()) {
      balances[member] = { ...balances[member], [unit]: `${available(balance, today)}` };
    }
    return { balances, trial: await trialBalance(scan), verified: await verifyLedger(scan) };
  });
}
