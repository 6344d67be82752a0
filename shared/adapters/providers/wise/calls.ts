import type { KeyObject } from 'node:crypto';
import type * as z from 'zod/mini';
import { exchange, type HttpLimits, type HttpOutcome, type HttpRequest } from '../http.ts';
import { approvingFetch } from './approval.ts';
import {
  balancesSchema,
  errorSchema,
  fundingSchema,
  paymentsSchema,
  quoteSchema,
  recipientSchema,
  statementSchema,
  transferSchema,
  transfersSchema,
  type WiseProblem,
} from './reply.ts';

export interface CallSettings extends HttpLimits {
  readonly base: string;
  readonly token: string;
  readonly profileId: string;
  /** For calls that Wise wants strong authentication for. */
  readonly signingKey: KeyObject | undefined;
}

type Reply<Schema extends z.ZodMiniType> = Promise<HttpOutcome<z.infer<Schema>, WiseProblem>>;

/**
 * The calls of Wise's platform that we make; none throws, and each is sent once, or once more with
 * the approval that Wise asks for.
 */
export interface WiseCalls {
  /** Each call makes another one. */
  createRecipient(body: string): Reply<typeof recipientSchema>;
  getRecipient(id: string): Reply<typeof recipientSchema>;
  /** Each call makes another one. */
  createQuote(body: string): Reply<typeof quoteSchema>;
  getQuote(id: string): Reply<typeof quoteSchema>;
  /** A new transfer, or the one that stands under this reference. No money moves. */
  createTransfer(body: string): Reply<typeof transferSchema>;
  getTransfer(id: string): Reply<typeof transferSchema>;
  /** By when they were made; `query` holds the period and the page. */
  listTransfers(query: Readonly<Record<string, string>>): Reply<typeof transfersSchema>;
  /** What a transfer was paid with; empty: nothing yet. */
  listPayments(transferId: string): Reply<typeof paymentsSchema>;
  /** Pays a transfer from the balance. A no comes with a good status. */
  fund(transferId: string): Reply<typeof fundingSchema>;
  cancel(transferId: string): Reply<typeof transferSchema>;
  listBalances(): Reply<typeof balancesSchema>;
  getStatement(
    balanceId: string,
    query: Readonly<Record<string, string>>,
  ): Reply<typeof statementSchema>;
}

/** A hundred transfers of some kilobytes. */
const maximumListBytes = 2_097_152;
/** A statement has no pages: some tens of thousands of rows. */
const maximumStatementBytes = 33_554_432;

/** The statuses of Wise's good answers; the sheet says 2xx. */
const statuses = [200, 201];

export function wiseCalls(settings: CallSettings): WiseCalls {
  const { base, token, profileId, timeoutMs } = settings;
  const limits = { timeoutMs, fetch: approvingFetch(settings.fetch, settings.signingKey) };
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  type Call<Body> = Pick<HttpRequest<Body>, 'method' | 'body' | 'maximumBytes'>;
  const send = <Body>(path: string, schema: z.ZodMiniType<Body>, call: Call<Body>) =>
    exchange({ url: `${base}${path}`, headers, errorSchema, statuses, schema, ...call }, limits);
  const get = <Body>(path: string, schema: z.ZodMiniType<Body>, maximumBytes?: number) =>
    send(path, schema, { method: 'GET', maximumBytes });
  const post = <Body>(path: string, schema: z.ZodMiniType<Body>, body: string) =>
    send(path, schema, { method: 'POST', body });
  const named = encodeURIComponent;
  const profile = `/profiles/${named(profileId)}`;
  return {
    createRecipient: (body) => post('/v1/accounts', recipientSchema, body),
    getRecipient: (id) => get(`/v2/accounts/${named(id)}`, recipientSchema),
    createQuote: (body) => post(`/v3${profile}/quotes`, quoteSchema, body),
    getQuote: (id) => get(`/v3${profile}/quotes/${named(id)}`, quoteSchema),
    createTransfer: (body) => post('/v1/transfers', transferSchema, body),
    getTransfer: (id) => get(`/v1/transfers/${named(id)}`, transferSchema),
    listTransfers: (query) => {
      const parameters = new URLSearchParams({ profile: profileId, ...query });
      return get(`/v1/transfers?${parameters}`, transfersSchema, maximumListBytes);
    },
    listPayments: (id) => get(`/v1/transfers/${named(id)}/payments`, paymentsSchema),
    fund: (id) =>
      post(`/v3${profile}/transfers/${named(id)}/payments`, fundingSchema, '{"type":"BALANCE"}'),
    cancel: (id) => send(`/v1/transfers/${named(id)}/cancel`, transferSchema, { method: 'PUT' }),
    listBalances: () => get(`/v4${profile}/balances?types=STANDARD`, balancesSchema),
    getStatement: (balanceId, query) => {
      const path = `/v1${profile}/balance-statements/${named(balanceId)}/statement.json`;
      const parameters = new URLSearchParams(query);
      return get(`${path}?${parameters}`, statementSchema, maximumStatementBytes);
    },
  };
}
