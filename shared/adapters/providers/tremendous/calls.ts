import type * as z from 'zod/mini';
import { exchange, type HttpLimits, type HttpOutcome, type HttpRequest } from '../http.ts';
import {
  doneSchema,
  errorSchema,
  fundingSourceReplySchema,
  linkReplySchema,
  type OrderReply,
  orderReplySchema,
  productReplySchema,
  productsReplySchema,
  rewardReplySchema,
  transactionsReplySchema,
} from './reply.ts';

export interface CallSettings extends HttpLimits {
  readonly base: string;
  readonly apiKey: string;
}

type Reply<Schema extends z.ZodMiniType> = Promise<HttpOutcome<z.infer<Schema>>>;

/** The calls of API version 2 that we make; each is sent once and never throws. */
export interface TremendousCalls {
  /** 200: a new order, 201: the order that stands under this reference, 202: decided later. */
  createOrder(body: string): Promise<HttpOutcome<{ order: OrderReply }>>;
  /** By Tremendous' id or by our reference. */
  getOrder(id: string): Promise<HttpOutcome<{ order: OrderReply }>>;
  getReward(id: string): Reply<typeof rewardReplySchema>;
  /** Another link to the same reward: its value can still be taken once only. */
  generateLink(rewardId: string): Reply<typeof linkReplySchema>;
  resendReward(rewardId: string, body: string): Promise<HttpOutcome<unknown>>;
  cancelReward(rewardId: string): Promise<HttpOutcome<unknown>>;
  /** All at once: no pages are documented. */
  listProducts(): Reply<typeof productsReplySchema>;
  getProduct(id: string): Reply<typeof productReplySchema>;
  getFundingSource(id: string): Reply<typeof fundingSourceReplySchema>;
  listTransactions(query: URLSearchParams): Reply<typeof transactionsReplySchema>;
}

/** Some thousands of products, each with its terms. */
const maximumCatalogueBytes = 33_554_432;
/** Five hundred movements of less than 2 KB. */
const maximumTransactionBytes = 1_048_576;

export function tremendousCalls({ base, apiKey, ...limits }: CallSettings): TremendousCalls {
  const headers = { authorization: `Bearer ${apiKey}`, accept: 'application/json' };
  type Expected<Body> = Pick<HttpRequest<Body>, 'schema' | 'statuses' | 'maximumBytes'>;
  const get = <Body>(path: string, expected: Expected<Body>) =>
    exchange({ method: 'GET', url: `${base}${path}`, headers, errorSchema, ...expected }, limits);
  const post = <Body>(path: string, expected: Expected<Body>, body?: string) => {
    const call = { method: 'POST', url: `${base}${path}`, headers, errorSchema, body } as const;
    return exchange({ ...call, ...expected }, limits);
  };
  const good = [200];
  const named = encodeURIComponent;
  return {
    createOrder: (body) =>
      post('/orders', { statuses: [200, 201, 202], schema: orderReplySchema }, body),
    getOrder: (id) => get(`/orders/${named(id)}`, { statuses: good, schema: orderReplySchema }),
    getReward: (id) => get(`/rewards/${named(id)}`, { statuses: good, schema: rewardReplySchema }),
    generateLink: (id) =>
      post(`/rewards/${named(id)}/generate_link`, { statuses: good, schema: linkReplySchema }),
    resendReward: (id, body) =>
      post(`/rewards/${named(id)}/resend`, { statuses: good, schema: doneSchema }, body),
    cancelReward: (id) =>
      post(`/rewards/${named(id)}/cancel`, { statuses: good, schema: doneSchema }),
    listProducts: () =>
      get('/products', {
        ...{ statuses: good, schema: productsReplySchema, maximumBytes: maximumCatalogueBytes },
      }),
    getProduct: (id) =>
      get(`/products/${named(id)}`, { statuses: good, schema: productReplySchema }),
    getFundingSource: (id) =>
      get(`/funding_sources/${named(id)}`, { statuses: good, schema: fundingSourceReplySchema }),
    listTransactions: (query) =>
      get(`/balance_transactions?${query}`, {
        ...{ statuses: good, schema: transactionsReplySchema },
        maximumBytes: maximumTransactionBytes,
      }),
  };
}
