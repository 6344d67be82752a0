import * as z from 'zod/mini';
import {
  type PoolReference,
  productOfPool,
  readPoolProduct,
  voucherKinds,
} from '../../domain/catalogue/voucher.ts';
import { invariant } from '../../domain/result.ts';
import type {
  NewPool,
  NewVoucher,
  PoolTerms,
  TakenVoucher,
  VoucherOrder,
  VoucherPool,
} from '../../ports/vouchers.ts';
import { type Image, instantField, parseImage, toImage, wholeNumber } from './attributes.ts';
import {
  freeVoucherKey,
  knownVoucherKey,
  poolKey,
  readPoolKey,
  voucherOrderKey,
} from './voucher-keys.ts';

/*
 * Attributes of a pool: nm name, kd kind, c currency, fv face value, co countries, lb low below, cb
 * cost in basis points, ky its sealed key, n codes ever loaded, st how it stands. Of a known code:
 * h its content's hash. Of a free one: i its id, s sealed. Of an order: p its pool, i the code's
 * id, a and c the value, rq the request's hash, s sealed, o taken at, x retired at; retired without
 * a code, p and x alone.
 */

const poolSchema = z.object({
  ...{ sk: z.string(), nm: z.string(), kd: z.enum(voucherKinds), c: z.string(), fv: z.bigint() },
  ...{ co: z.string(), lb: wholeNumber, cb: wholeNumber, ky: z.string(), n: wholeNumber },
  st: z.enum(['plenty', 'low', 'empty']),
});

export function encodeNewPool(pool: NewPool): Image {
  return toImage({
    ...poolKey(pool),
    ...{ kd: pool.kind, c: pool.currency, fv: pool.faceValueMinor, ky: pool.sealedKey },
    ...Object.fromEntries(termFields(pool)),
    ...{ n: 0, st: 'empty' },
  });
}

/** Attributes of what may be changed. */
export function termFields(terms: PoolTerms): ReadonlyMap<string, string | bigint> {
  return new Map<string, string | bigint>([
    ['nm', terms.name],
    ['co', terms.countries.join(' ')],
    ['lb', BigInt(terms.lowBelow)],
    ['cb', BigInt(terms.costBasisPoints)],
  ]);
}

export function parsePool(image: Image): VoucherPool {
  const { sk, nm, kd, c, fv, co, lb, cb, ky, n, st } = parseImage(poolSchema, image, 'pool');
  return {
    ...readPoolKey(sk),
    ...{ name: nm, kind: kd, currency: c, faceValueMinor: fv, sealedKey: ky, stock: st, loaded: n },
    ...{ countries: co === '' ? [] : co.split(' '), lowBelow: lb, costBasisPoints: cb },
  };
}

const knownSchema = z.object({ h: z.string() });

export function encodeKnown(pool: PoolReference, { id, content }: NewVoucher): Image {
  return toImage({ ...knownVoucherKey(pool, id), h: content });
}

/** What else is known of a code that was loaded before. */
export function parseKnownContent(image: Image): string {
  return parseImage(knownSchema, image, 'known voucher').h;
}

export function encodeFree(pool: PoolReference, { id, sealed, expiresOn }: NewVoucher): Image {
  return toImage({ ...freeVoucherKey(pool, id, expiresOn), i: id, s: sealed });
}

const freeSchema = z.object({ pk: z.string(), sk: z.string(), i: z.string(), s: z.string() });

export interface FreeVoucher {
  readonly key: { readonly pk: string; readonly sk: string };
  readonly id: string;
  readonly sealed: string;
}

export function parseFree(image: Image): FreeVoucher {
  const { pk, sk, i, s } = parseImage(freeSchema, image, 'free voucher');
  return { key: { pk, sk }, id: i, sealed: s };
}

export function encodeTaken(order: TakenVoucher): Image {
  return toImage({
    ...voucherOrderKey(order.reference),
    ...{ p: productOfPool(order), i: order.id, rq: order.request, s: order.sealed },
    ...{ a: order.value.amountMinor, c: order.value.currency, o: order.takenAt },
  });
}

const retiredSchema = z.object({ p: z.string(), x: instantField });
const takenSchema = z.object({
  ...{ p: z.string(), i: z.string(), a: z.bigint(), c: z.string(), rq: z.string() },
  ...{ s: z.string(), o: instantField },
});

export function parseOrder(reference: string, image: Image): VoucherOrder {
  if ('x' in image) {
    const { p } = parseImage(retiredSchema, image, 'retired voucher');
    return { kind: 'retired', reference, ...poolOf(p) };
  }
  const { p, i, a, c, rq, s, o } = parseImage(takenSchema, image, 'taken voucher');
  const value = { amountMinor: a, currency: c };
  const taken = { reference, id: i, value, request: rq, sealed: s, takenAt: o };
  return { kind: 'taken', ...taken, ...poolOf(p) };
}

function poolOf(product: string): PoolReference {
  const pool = readPoolProduct(product);
  invariant(pool !== undefined, 'A voucher that was taken names its pool.');
  return pool;
}
