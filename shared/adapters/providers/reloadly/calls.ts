import * as z from 'zod/mini';
import { exchange, type HttpLimits, type HttpOutcome } from '../http.ts';
import type { Refusal } from '../order-outcome.ts';
import { type NoToken, sentWithToken } from '../tokens.ts';
import {
  balanceSchema,
  type CardReply,
  cardsSchema,
  type OrderReply,
  orderPageSchema,
  orderReplySchema,
  type Problem,
  problemSchema,
  productPageSchema,
} from './reply.ts';
import type { ReloadlyTokens } from './tokens.ts';

export interface CallSettings extends HttpLimits {
  readonly base: string;
  readonly tokens: ReloadlyTokens;
}

export type Reply<Body> = HttpOutcome<Body, Problem> | NoToken<Refusal>;

export type NoAnswer = Exclude<Reply<unknown>, { kind: 'answer' }>;

export interface Page<Item> {
  readonly content: readonly Item[];
  readonly last: boolean;
}

/** Filters of a list of orders, by Reloadly's names. */
export type OrderFilter = Readonly<Record<string, string>>;

/** The calls that we make; none throws. Each is sent once, or twice where its token was refused. */
export interface ReloadlyCalls {
  createOrder(body: string): Promise<Reply<OrderReply>>;
  getOrder(transactionId: string): Promise<Reply<OrderReply>>;
  /** `page` from 1. */
  listOrders(filter: OrderFilter, page: number): Promise<Reply<Page<OrderReply>>>;
  getCards(transactionId: string): Promise<Reply<readonly CardReply[] | CardReply>>;
  listProducts(page: number): Promise<Reply<Page<unknown>>>;
  getProduct(productId: string): Promise<Reply<unknown>>;
  getBalance(): Promise<Reply<z.infer<typeof balanceSchema>>>;
}

interface Call<Body> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  readonly schema: z.ZodMiniType<Body>;
  readonly maximumBytes?: number;
}

const pageSize = 200;
/** Two hundred products with their instructions for use. */
const maximumPageBytes = 8_388_608;
const mediaType = 'application/com.reloadly.giftcards-v1+json';

export function reloadlyCalls(settings: CallSettings): ReloadlyCalls {
  const get = <Body>(path: string, schema: z.ZodMiniType<Body>) =>
    withToken(settings, { method: 'GET', path, schema });
  const getPage = <Body>(path: string, filter: OrderFilter, schema: z.ZodMiniType<Body>) => {
    const query = new URLSearchParams({ size: String(pageSize), ...filter });
    const call = { method: 'GET', path: `${path}?${query}`, schema } as const;
    return withToken(settings, { ...call, maximumBytes: maximumPageBytes });
  };
  return {
    createOrder: (body) =>
      withToken(settings, { method: 'POST', path: '/orders', body, schema: orderReplySchema }),
    getOrder: (id) => get(`/reports/transactions/${encodeURIComponent(id)}`, orderReplySchema),
    listOrders: (filter, page) =>
      getPage('/reports/transactions', { page: String(page), ...filter }, orderPageSchema),
    getCards: (id) => get(`/orders/transactions/${encodeURIComponent(id)}/cards`, cardsSchema),
    listProducts: (page) => getPage('/products', { page: String(page) }, productPageSchema),
    getProduct: (id) => get(`/products/${encodeURIComponent(id)}`, z.unknown()),
    getBalance: () => get('/accounts/balance', balanceSchema),
  };
}

/**
 * A token that Reloadly refuses in its own words is renewed once. The 401 of somebody on the way
 * says less.
 */
function withToken<Body>(settings: CallSettings, call: Call<Body>): Promise<Reply<Body>> {
  const send = (token: string) => sendOnce(settings, call, token);
  return sentWithToken(settings.tokens, send, ({ recognised }) => recognised);
}

function sendOnce<Body>(
  { base, tokens: _, ...limits }: CallSettings,
  { path, ...call }: Call<Body>,
  token: string,
): Promise<HttpOutcome<Body, Problem>> {
  const headers = { authorization: `Bearer ${token}`, accept: mediaType };
  const expected = { statuses: [200], errorSchema: problemSchema };
  return exchange({ ...call, ...expected, headers, url: `${base}${path}` }, limits);
}
