import type * as z from 'zod/mini';
import { exchange, type HttpLimits, type HttpOutcome } from '../http.ts';
import type { Refusal } from '../order-outcome.ts';
import { type NoToken, sentWithToken } from '../tokens.ts';
import {
  type BatchReply,
  balancesReplySchema,
  batchReplySchema,
  cancelledReplySchema,
  type ItemReply,
  itemReplySchema,
  type PayPalProblem,
  problemSchema,
  takenReplySchema,
  transactionsReplySchema,
} from './reply.ts';
import type { PayPalTokens } from './tokens.ts';

export interface CallSettings extends HttpLimits {
  readonly base: string;
  readonly tokens: PayPalTokens;
}

export type Reply<Body> = HttpOutcome<Body, PayPalProblem> | NoToken<Refusal>;
export type NoAnswer = Exclude<Reply<unknown>, { kind: 'answer' }>;

/** The calls that we make; none throws. Each is sent once, or twice where its token was refused. */
export interface PayPalCalls {
  createBatch(body: string): Promise<Reply<z.infer<typeof takenReplySchema>>>;
  getBatch(batchId: string): Promise<Reply<BatchReply>>;
  getItem(itemId: string): Promise<Reply<ItemReply>>;
  cancelItem(itemId: string): Promise<Reply<z.infer<typeof cancelledReplySchema>>>;
  getBalances(): Promise<Reply<z.infer<typeof balancesReplySchema>>>;
  listTransactions(query: URLSearchParams): Promise<Reply<z.infer<typeof transactionsReplySchema>>>;
}

interface Call<Body> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  readonly statuses?: readonly number[];
  readonly schema: z.ZodMiniType<Body>;
  readonly maximumBytes?: number;
}

/** Five hundred movements of less than 4 KB. */
const maximumTransactionBytes = 2_097_152;

export function payPalCalls(settings: CallSettings): PayPalCalls {
  const named = encodeURIComponent;
  const get = <Body>(path: string, schema: z.ZodMiniType<Body>, maximumBytes?: number) =>
    withToken(settings, {
      ...{ method: 'GET', path, schema },
      ...(maximumBytes !== undefined && { maximumBytes }),
    });
  const post = <Body>(path: string, call: Pick<Call<Body>, 'schema' | 'statuses' | 'body'>) =>
    withToken(settings, { method: 'POST', path, ...call });
  return {
    createBatch: (body) =>
      post('/payments/payouts', { body, schema: takenReplySchema, statuses: [201] }),
    getBatch: (id) => get(`/payments/payouts/${named(id)}?page_size=10`, batchReplySchema),
    getItem: (id) => get(`/payments/payouts-item/${named(id)}`, itemReplySchema),
    cancelItem: (id) =>
      post(`/payments/payouts-item/${named(id)}/cancel`, { schema: cancelledReplySchema }),
    getBalances: () => get('/reporting/balances?currency_code=ALL', balancesReplySchema),
    listTransactions: (query) =>
      get(`/reporting/transactions?${query}`, transactionsReplySchema, maximumTransactionBytes),
  };
}

/** A token that PayPal refuses in its own words is renewed once. */
function withToken<Body>(settings: CallSettings, call: Call<Body>): Promise<Reply<Body>> {
  const send = (token: string) => sendOnce(settings, call, token);
  return sentWithToken(settings.tokens, send, ({ recognised }) => recognised);
}

function sendOnce<Body>(
  { base, tokens: _, ...limits }: CallSettings,
  { path, statuses = [200], ...call }: Call<Body>,
  token: string,
): Promise<HttpOutcome<Body, PayPalProblem>> {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const url = `${base}/v1${path}`;
  return exchange({ ...call, statuses, errorSchema: problemSchema, headers, url }, limits);
}
