import * as z from 'zod/mini';
import { railKinds } from '../../domain/payout/policy.ts';
import type { PayoutTerms } from '../../domain/payout/terms.ts';
import { invariant } from '../../domain/result.ts';
import type { Fields } from './attributes.ts';
import { decodeExchanges, encodeExchanges } from './exchange-codec.ts';

/*
 * What was fixed of a payout, as one map: r run, k kind of rail, d donated, f fee, b its bearer
 * (m the member), x exchange, c charity.
 */

export const payoutField = z.object({
  r: z.string(),
  k: z.enum(railKinds),
  d: z.optional(z.bigint()),
  f: z.optional(z.bigint()),
  b: z.optional(z.literal('m')),
  x: z.optional(z.string()),
  c: z.optional(z.string()),
});

export function encodePayout(payout: PayoutTerms): Fields {
  const { run, railKind, donatedMinor, feeMinor, bearer, exchange, charity } = payout;
  return {
    ...{ r: run, k: railKind, c: charity },
    d: donatedMinor === 0n ? undefined : donatedMinor,
    f: feeMinor === 0n ? undefined : feeMinor,
    b: bearer === 'member' ? 'm' : undefined,
    x: exchange && encodeExchanges([exchange]),
  };
}

export function decodePayout(field: z.output<typeof payoutField>): PayoutTerms {
  const { r: run, k: railKind, d = 0n, f = 0n, b, x, c: charity } = field;
  const [exchange, second] = x === undefined ? [] : decodeExchanges(x);
  invariant(second === undefined, 'A payout is exchanged once.');
  return {
    ...{ run, railKind, donatedMinor: d, feeMinor: f },
    bearer: b === 'm' ? 'member' : 'program',
    ...(exchange !== undefined && { exchange }),
    ...(charity !== undefined && { charity }),
  };
}
