import type * as z from 'zod/mini';
import { exchange, type Fetch, type HttpOutcome } from '../http.ts';
import {
  errorSchema,
  linkReplySchema,
  type OrderReply,
  orderReplySchema,
  rewardReplySchema,
} from './reply.ts';

export interface CallSettings {
  readonly base: string;
  readonly apiKey: string;
  readonly timeoutMs: number;
  readonly fetch?: Fetch | undefined;
}

/** The calls of API version 2 that we make; each is sent once and never throws. */
export interface TremendousCalls {
  /** 200: a new order, 201: the order that stands under this reference, 202: decided later. */
  createOrder(body: string): Promise<HttpOutcome<{ order: OrderReply }>>;
  /** By Tremendous' id or by our reference. */
  getOrder(id: string): Promise<HttpOutcome<{ order: OrderReply }>>;
  getReward(id: string): Promise<HttpOutcome<z.infer<typeof rewardReplySchema>>>;
  /** Another link to the same reward: its value can still be taken once only. */
  generateLink(rewardId: string): Promise<HttpOutcome<z.infer<typeof linkReplySchema>>>;
}

export function tremendousCalls({ base, apiKey, ...limits }: CallSettings): TremendousCalls {
  const headers = { authorization: `Bearer ${apiKey}`, accept: 'application/json' };
  const writing = { ...headers, 'content-type': 'application/json' };
  return {
    createOrder: (body) => {
      const call = { method: 'POST', url: `${base}/orders`, headers: writing, body } as const;
      const expected = { statuses: [200, 201, 202], schema: orderReplySchema, errorSchema };
      return exchange({ ...call, ...expected }, limits);
    },
    getOrder: (id) => {
      const call = { method: 'GET', url: `${base}/orders/${encodeURIComponent(id)}` } as const;
      const expected = { statuses: [200], schema: orderReplySchema, errorSchema };
      return exchange({ ...call, headers, ...expected }, limits);
    },
    getReward: (id) => {
      const call = { method: 'GET', url: `${base}/rewards/${encodeURIComponent(id)}` } as const;
      const expected = { statuses: [200], schema: rewardReplySchema, errorSchema };
      return exchange({ ...call, headers, ...expected }, limits);
    },
    generateLink: (rewardId) => {
      const url = `${base}/rewards/${encodeURIComponent(rewardId)}/generate_link`;
      const expected = { statuses: [200], schema: linkReplySchema, errorSchema };
      return exchange({ method: 'POST', url, headers, ...expected }, limits);
    },
  };
}
