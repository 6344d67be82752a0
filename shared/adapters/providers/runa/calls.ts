import type * as z from 'zod/mini';
import { exchange, type HttpFailure, type HttpLimits, type HttpOutcome } from '../http.ts';
import {
  balancesSchema,
  namedProductSchema,
  type OrderReply,
  orderPageSchema,
  orderSchema,
  type Problem,
  problemSchema,
  productPageSchema,
} from './reply.ts';

export interface CallSettings extends HttpLimits {
  readonly base: string;
  readonly apiKey: string;
}

type Reply<Schema extends z.ZodMiniType> = Promise<HttpOutcome<z.infer<Schema>, Problem>>;

/** The calls of API version 2024-02-05 that we make; each is sent once and never throws. */
export interface RunaCalls {
  /** 200: the order as it is done with, 202: it is decided later. */
  createOrder(reference: string, body: string): Promise<HttpOutcome<OrderReply, Problem>>;
  /** By Runa's id only. */
  getOrder(id: string): Promise<HttpOutcome<OrderReply, Problem>>;
  listOrders(after: string | undefined): Reply<typeof orderPageSchema>;
  listProducts(after: string | undefined): Reply<typeof productPageSchema>;
  getProduct(code: string): Reply<typeof namedProductSchema>;
  /** Of each currency of which the account holds any. */
  balances(): Reply<typeof balancesSchema>;
}

export type Failure = HttpFailure<Problem>;

const apiVersion = '2024-02-05';
/** The most that Runa gives. */
const pageSize = 500;
/** Some 16 KB for each product of a page. */
const pageBytes = 8_388_608;

export function runaCalls({ base, apiKey, ...limits }: CallSettings): RunaCalls {
  const headers = { 'x-api-key': apiKey, 'x-api-version': apiVersion, accept: 'application/json' };
  const read = <Body>(path: string, schema: z.ZodMiniType<Body>, maximumBytes?: number) => {
    const call = { method: 'GET', url: `${base}${path}`, headers } as const;
    const expected = { statuses: [200], schema, errorSchema: problemSchema, maximumBytes };
    return exchange({ ...call, ...expected }, limits);
  };
  const page = (path: string, after: string | undefined) =>
    `${path}?limit=${pageSize}${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`;
  return {
    createOrder: (reference, body) => {
      const call = { method: 'POST', url: `${base}/order`, body } as const;
      const keyed = { ...headers, 'x-idempotency-key': reference, 'x-execution-mode': 'sync' };
      const expected = { statuses: [200, 202], schema: orderSchema, errorSchema: problemSchema };
      return exchange({ ...call, headers: keyed, ...expected }, limits);
    },
    getOrder: (id) => read(`/order/${encodeURIComponent(id)}`, orderSchema),
    listOrders: (after) => read(page('/order', after), orderPageSchema, pageBytes),
    listProducts: (after) => read(page('/product', after), productPageSchema, pageBytes),
    getProduct: (code) => read(`/product/${encodeURIComponent(code)}`, namedProductSchema),
    balances: () => read('/balance', balancesSchema),
  };
}
