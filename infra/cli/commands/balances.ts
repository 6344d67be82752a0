import { Command } from 'commander';
import { isCurrency } from '../../../shared/domain/money/currency.ts';
import { toDecimal } from '../../../shared/domain/money/money.ts';
import { localDateAt } from '../../../shared/domain/time.ts';
import { printJson } from '../exit.ts';
import { memberBalances } from '../ledger/member-balances.ts';
import { readState } from '../read-state.ts';

interface BalancesOptions {
  readonly state: string;
  readonly json?: boolean;
}

/** `guerdon balances`: what each member has available, as of the state's present. */
export function balancesCommand(): Command {
  return new Command('balances')
    .description("print every member's available points and money; negative where in debt")
    .requiredOption('--state <dir>', 'the state that a run has left')
    .option('--json', 'print JSON')
    .action(async ({ state, json }: BalancesOptions) => {
      const balances = await readState(state, ({ table, program, asOf }) =>
        memberBalances(table.scan, program, localDateAt(asOf, program.timeZone)),
      );
      if (json === true) return printJson(balances);
      for (const [member, units] of Object.entries(balances).sort()) {
        const amounts = Object.entries(units).map(([unit, text]) => amountText(unit, text));
        process.stdout.write(`${member}\t${amounts.join(', ')}\n`);
      }
    });
}

/** Money in major units, such as `12.50 EUR`; JSON has minor units. */
function amountText(unit: string, digits: string): string {
  const amount = isCurrency(unit)
    ? toDecimal({ amountMinor: BigInt(digits), currency: unit })
    : digits;
  return `${amount} ${unit}`;
}
