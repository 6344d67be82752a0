import type * as z from 'zod/mini';
import { exchange, type HttpLimits, type HttpOutcome } from '../http.ts';
import type { Authorisation } from './authorisation.ts';
import {
  accountSchema,
  anythingSchema,
  catalogueSchema,
  errorSchema,
  lineItemSchema,
  type OrderReply,
  orderListSchema,
  orderSchema,
  type TangoProblem,
} from './reply.ts';

export interface CallSettings {
  readonly base: string;
  readonly authorisation: Authorisation;
  readonly limits: HttpLimits;
  /** Comes back when the next call may go. */
  readonly pace: () => Promise<void>;
}

export type Reply<Body> = Promise<HttpOutcome<Body, TangoProblem>>;
type Query = Readonly<Record<string, string>>;

/** The calls of RaaS version 2 that we make; each is sent once and never throws. */
export interface TangoCalls {
  /** 201: a new order, 200: the order that stands under this reference, whatever it is. */
  createOrder(body: string): Reply<OrderReply>;
  /** By Tango's id: with credentials. */
  getOrder(id: string): Reply<OrderReply>;
  /** Rows without credentials, 100 at most. */
  listOrders(query: Query): Reply<z.infer<typeof orderListSchema>>;
  getLineItem(id: string): Reply<z.infer<typeof lineItemSchema>>;
  getAccount(id: string): Reply<z.infer<typeof accountSchema>>;
  getCatalogue(query: Query): Reply<z.infer<typeof catalogueSchema>>;
  resend(id: string, body: string): Reply<unknown>;
  cancelLineItem(id: string, body: string): Reply<unknown>;
}

/** Over 2 MB in one answer is what the vendor warns of. */
const catalogueBytes = 33_554_432;

interface Call<Body> {
  readonly path: string;
  readonly body?: string;
  readonly statuses: readonly number[];
  readonly schema: z.ZodMiniType<Body>;
  readonly maximumBytes?: number;
}

export function tangoCalls(settings: CallSettings): TangoCalls {
  const send = <Body>(call: Call<Body>): Reply<Body> => sendWith(settings, call);
  const get = <Body>(path: string, schema: z.ZodMiniType<Body>): Reply<Body> =>
    send({ path, schema, statuses: [200] });
  const part = encodeURIComponent;
  return {
    createOrder: (body) =>
      send({ path: '/orders', body, statuses: [200, 201], schema: orderSchema }),
    getOrder: (id) => get(`/orders/${part(id)}`, orderSchema),
    listOrders: (query) => get(`/orders?${new URLSearchParams(query)}`, orderListSchema),
    getLineItem: (id) => get(`/lineItems/${part(id)}`, lineItemSchema),
    getAccount: (id) => get(`/accounts/${part(id)}`, accountSchema),
    getCatalogue: (query) => {
      const path = `/catalogs?${new URLSearchParams({ verbose: 'true', ...query })}`;
      const expected = { statuses: [200], schema: catalogueSchema, maximumBytes: catalogueBytes };
      return send({ path, ...expected });
    },
    resend: (id, body) => {
      const path = `/orders/${part(id)}/resends`;
      return send({ path, body, statuses: [201], schema: anythingSchema });
    },
    cancelLineItem: (id, body) => {
      const path = `/lineItems/${part(id)}/cancel`;
      return send({ path, body, statuses: [202], schema: anythingSchema });
    },
  };
}

function sendWith<Body>(
  { base, authorisation, limits, pace }: CallSettings,
  { path, ...call }: Call<Body>,
): Reply<Body> {
  const method = call.body === undefined ? 'GET' : 'POST';
  return authorisation(async (authorization) => {
    await pace();
    const headers = { authorization, accept: 'application/json' };
    return exchange({ ...call, method, url: `${base}${path}`, headers, errorSchema }, limits);
  });
}
