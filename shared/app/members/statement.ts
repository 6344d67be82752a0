import { type HeldUnit, type HeldWallet, statementOf } from '../../domain/member/statement.ts';
import { formatMoney } from '../../domain/money/format.ts';
import { formatFraction } from '../../domain/money/fraction.ts';
import { programAt } from '../../domain/program/version.ts';
import { type Refusal, type RefusalCode, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import { type LocalDate, localDateAt } from '../../domain/time.ts';
import type { LedgerStore } from '../../ports/ledger.ts';
import type { RateReader } from '../../ports/rates.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { ProgramStore } from '../../ports/stores.ts';
import { readRates } from '../rates/rate-reader.ts';

export interface StatementDependencies {
  readonly clock: Clock;
  readonly ledger: Pick<LedgerStore, 'readMember'>;
  readonly programs: Pick<ProgramStore, 'load'>;
  readonly rates: RateReader;
}

interface StatementQuestion {
  readonly program: string;
  readonly member: string;
  /** One of the program's languages; the first of them where it has no such. */
  readonly language?: string;
}

/** Minor units as digits, and as people of the language write them. */
export interface AmountView {
  readonly currency: string;
  readonly amountMinor: string;
  readonly text: string;
}

export interface WalletView {
  readonly currency: string;
  readonly available: AmountView;
  readonly pending: readonly (AmountView & { readonly vestOn?: LocalDate })[];
  readonly debt: AmountView;
  /** Into the currency of the total, major units of it for one of the wallet's. */
  readonly rate?: {
    readonly rate: string;
    readonly asOf: LocalDate;
    readonly source: string;
    readonly path: readonly string[];
  };
  /** Why there is none: the wallet is not in the total. */
  readonly refused?: RefusalCode;
}

export interface PointsView {
  readonly unit: string;
  readonly available: string;
  readonly pending: readonly { readonly vestOn?: LocalDate; readonly points: string }[];
  readonly debt: string;
}

export interface StatementView {
  readonly on: LocalDate;
  readonly wallets: readonly WalletView[];
  readonly points: readonly PointsView[];
  readonly total: AmountView & {
    readonly rounding: string;
    /** Whether every wallet is in it. */
    readonly complete: boolean;
    readonly leftOut: readonly string[];
  };
}

/**
 * What a member has in each wallet and in points, and their money together in their own currency at
 * the rates of today. Refusal: `UNKNOWN_PROGRAM`. Somebody who has nothing has an empty statement.
 */
export async function viewStatement(
  { clock, ledger, programs, rates }: StatementDependencies,
  { program: name, member, language: asked = '' }: StatementQuestion,
): Promise<Result<StatementView, Refusal>> {
  const now = clock.now();
  const program = programAt(await programs.load(name), now);
  if (program === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const [snapshot, book] = await Promise.all([
    ledger.readMember({ program: name, member }),
    readRates(rates, program, [now]),
  ]);
  const on = localDateAt(now, program.timeZone);
  const { wallets, points, total } = statementOf({ program, snapshot, rates: book, on });
  const language = program.languages.includes(asked) ? asked : program.languages[0];
  const amount = amountIn(language ?? 'en');
  const { money, rounding, leftOut } = total;
  return success({
    on,
    wallets: wallets.map((wallet) => walletView(wallet, amount)),
    points: points.map(pointsView),
    total: {
      ...amount(money.currency, money.amountMinor),
      ...{ rounding, complete: leftOut.length === 0, leftOut },
    },
  });
}

type Amount = (currency: string, amountMinor: bigint) => AmountView;

function amountIn(language: string): Amount {
  return (currency, amountMinor) => ({
    ...{ currency, amountMinor: amountMinor.toString() },
    text: formatMoney(language, { currency, amountMinor }),
  });
}

function walletView(
  { unit, available, pending, debt, rate }: HeldWallet,
  view: Amount,
): WalletView {
  return {
    currency: unit,
    available: view(unit, available),
    pending: pending.map(({ amount, ...day }) => ({ ...view(unit, amount), ...day })),
    debt: view(unit, debt),
    ...(rate.ok ? { rate: rateView(rate.value) } : { refused: rate.failure.code }),
  };
}

function rateView({
  asOf,
  source,
  path,
  ...rate
}: Extract<HeldWallet['rate'], { ok: true }>['value']) {
  return { rate: formatFraction(rate), asOf, source, path };
}

function pointsView({ unit, available, pending, debt }: HeldUnit): PointsView {
  return {
    ...{ unit, available: available.toString(), debt: debt.toString() },
    pending: pending.map(({ amount, ...day }) => ({ points: amount.toString(), ...day })),
  };
}
