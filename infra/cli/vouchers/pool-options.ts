import { type Command, Option } from 'commander';
import * as z from 'zod';
import type { PoolRequest } from '../../../shared/app/catalogue/load-vouchers.ts';
import {
  isPoolName,
  productOfPool,
  voucherKinds,
} from '../../../shared/domain/catalogue/voucher.ts';
import { isCountry } from '../../../shared/domain/country.ts';
import { isCurrency } from '../../../shared/domain/money/currency.ts';
import { type Program, programCurrencyOf } from '../../../shared/domain/program/schema.ts';
import type { VoucherPool } from '../../../shared/ports/vouchers.ts';
import { UsageError } from '../exit.ts';

const digits = z.string().regex(/^\d{1,15}$/, 'whole digits');

const optionsSchema = z.object({
  pool: z.string().refine(isPoolName, 'lower-case letters, digits and -, at most 63'),
  name: z.string().min(1).max(100).optional(),
  kind: z.enum(voucherKinds).optional(),
  currency: z.string().refine(isCurrency, 'an ISO 4217 code').optional(),
  faceValueMinor: digits.transform(BigInt).optional(),
  countries: z
    .string()
    .transform((text) => (text === '' ? [] : text.split(',')))
    .refine((codes) => codes.every(isCountry), 'ISO 3166 codes of countries, such as DE,AT')
    .optional(),
  lowBelow: digits.transform(Number).pipe(z.int().max(1_000)).optional(),
  costBasisPoints: digits.transform(Number).pipe(z.int().min(1).max(20_000)).optional(),
});

/** What a pool is: needed once, and changed later as far as that may be. */
export function poolOptions(command: Command): Command {
  return command
    .option('--name <name>', 'what members read; without it, the name of the pool')
    .addOption(
      new Option('--kind <kind>', 'what a code gives; a new pool needs it').choices(voucherKinds),
    )
    .option('--currency <code>', "of its value; else the program's")
    .option('--face-value-minor <amount>', 'what a code is worth, minor units; else nothing')
    .option('--countries <codes>', 'where it can be used, such as DE,AT; else everywhere')
    .option('--low-below <count>', 'the pool is low with fewer free codes; else 20')
    .option('--cost-basis-points <number>', 'what a code costs, of its value; else 10000');
}

/** A pool's name, and what is asked for it. */
export type PoolOptions = Pick<PoolRequest, 'pool' | 'asked'>;

/** Throws a UsageError that names the option. */
export function readPoolOptions(options: unknown): PoolOptions {
  const parsed = optionsSchema.safeParse(options);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const option = String(issue?.path[0]).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UsageError(`--${option}: ${issue?.message}.`);
  }
  const { pool, ...given } = parsed.data;
  const asked = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as PoolRequest['asked'];
  return { pool, asked };
}

/**
 * `known` is the pool where it stands already. A new one needs its kind, which is never changed:
 * without it a UsageError lists them.
 */
export function poolRequest(
  { pool, asked }: PoolOptions,
  program: Program,
  known: Pick<VoucherPool, 'kind'> | undefined,
): PoolRequest {
  const kind = asked.kind ?? known?.kind;
  if (kind === undefined) {
    const product = productOfPool({ program: program.program, pool });
    throw new UsageError(
      `There is no pool ${product} yet: --kind says what its codes give, for ever: ` +
        `${voucherKinds.join(', ')}.`,
    );
  }
  const usual: PoolRequest['usual'] = {
    ...{ name: pool, kind },
    ...{ currency: programCurrencyOf(program), faceValueMinor: 0n, countries: [] },
    ...{ lowBelow: 20, costBasisPoints: 10_000 },
  };
  return { program: program.program, pool, asked, usual };
}
