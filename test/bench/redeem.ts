// Own time of the quote and redeem handlers, DynamoDB's and KMS's answers given at once, against
// the same parsing, validation and marshalling alone: the request, token and body read by their
// schemas, each call of a port (stores, sealer, queue, hashes) with the arguments that the handler
// gave it, and the answer written. What the ratio tells is what deciding costs. Machines differ.
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { jsonReply } from '../../functions/_runtime/middleware/reply.ts';
import {
  type ApiAnswer,
  type ApiAnswers,
  apiHandler,
  idempotencyKeyOf,
  readBody,
} from '../../functions/_runtime/routes.ts';
import { redeemAnswers } from '../../functions/_runtime/routes-redeem.ts';
import { startDynamoDbLocal } from '../../infra/local/processes/dynamodb-local.ts';
import { redemptionView } from '../../shared/app/redemption/redemption-view.ts';
import { quoteView, readQuote } from '../../shared/contracts/quotes.ts';
import { readRedemption } from '../../shared/contracts/redemptions.ts';
import type { Quote } from '../../shared/domain/redemption/terms.ts';
import { success } from '../../shared/domain/result.ts';
import type { Hold } from '../../shared/ports/stores.ts';
import { eventOf } from '../api/request.ts';
import { freshCopy } from './redeem/fresh-copy.ts';
import { type PortCall, writingDown } from './redeem/port-calls.ts';
import { type BenchStage, benchStage } from './redeem/stage.ts';

const goal = 1.3;
/**
 * Short, so that some of them meet nothing else that the machine does: the best of each counts.
 * Many, since what only the handler runs is called half as often as what both sides run, and so is
 * compiled later: after 600 slices it was not yet, after 2,000 it is.
 */
const slices = 2000;
const perSlice = 20;

const member = '/v1/programs/{program}/members/{member}';
const card = { rewardId: 'gift-card-gbp', amountMinor: '1000', currency: 'GBP', country: 'GB' };

interface Case {
  readonly name: string;
  readonly event: APIGatewayProxyEventV2;
  readonly status: number;
  readonly readBody: (body: unknown) => { readonly ok: boolean };
  /** The call of a store that is given what the answer tells. */
  readonly keptBy: string;
  readonly view: (kept: unknown) => unknown;
}

const path = { member: 'ann' };
const means = { shortBy: 0n, limits: [] };
const cases: readonly Case[] = [
  {
    ...{ name: 'quote', status: 201, readBody: (body) => readQuote('ann', body) },
    ...{ keptBy: 'put', view: (kept) => quoteView({ quote: kept as Quote, means }) },
    event: eventOf({ route: `POST ${member}/quotes`, path, key: 'q-1', body: card }),
  },
  {
    ...{ name: 'redeem', status: 202, readBody: (body) => readRedemption('ann', body) },
    keptBy: 'hold',
    view: (kept) => redemptionView({ hold: kept as Hold, settlements: [], reopenings: [] }),
    event: eventOf({
      ...{ route: `POST ${member}/redemptions`, path, key: 'r-1' },
      body: { ...card, email: 'ann@example.com' },
    }),
  },
];

type Run = () => Promise<unknown>;
type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<{ statusCode?: number; body?: string }>;

function handlerOf(dependencies: BenchStage['dependencies'], others: ApiAnswers = {}): Handler {
  const { logger, ledger } = dependencies;
  const answers = { ...redeemAnswers(dependencies), ...others };
  return apiHandler({ logger, ledger, name: 'redeem-api', answers }) as unknown as Handler;
}

/** Both sides of a case, after it was played once for real. */
async function sidesOf({ client, dependencies }: BenchStage, asked: Case) {
  const calls: PortCall[] = [];
  client.replay = false;
  const context = {} as Context;
  const first = await handlerOf(writingDown(dependencies, calls))(asked.event, context);
  if (first.statusCode !== asked.status) throw new Error(`${asked.name}: ${first.body}`);
  const keptAt = calls.findIndex(({ method }) => method === asked.keptBy);
  const copies: (readonly unknown[])[][] = [];
  const prepare = () => {
    const copy = () => calls.map(({ given }) => given.map(freshCopy));
    copies.splice(0, copies.length, ...Array.from({ length: perSlice }, copy));
  };
  const handler = handlerOf(dependencies);
  const own: Run = () => handler(asked.event, context);
  const answer: ApiAnswer = async (call) => {
    const [key, body] = [idempotencyKeyOf(call), readBody(call.request)];
    if (!key.ok || !body.ok || !asked.readBody(body.value).ok) throw new Error('It is not read.');
    const copy = copies.pop();
    if (copy === undefined) throw new Error('There are as many copies as rounds.');
    for (const [at, { again }] of calls.entries()) await again(copy[at] ?? []);
    return success(jsonReply(asked.status, asked.view(copy[keptAt]?.[0])));
  };
  const bare = handlerOf(dependencies, { [asked.event.routeKey]: answer });
  const plain: Run = () => bare(asked.event, context);
  return { own, plain, prepare };
}

async function timedMs(run: Run): Promise<number> {
  const began = performance.now();
  for (let count = 0; count < perSlice; count += 1) await run();
  return performance.now() - began;
}

/** In turn, so that both are warm alike. */
async function compare(stage: BenchStage, asked: Case): Promise<void> {
  const { own, plain, prepare } = await sidesOf(stage, asked);
  stage.client.replay = true;
  let [plainMs, ownMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let slice = 0; slice < slices; slice += 1) {
    prepare();
    plainMs = Math.min(plainMs, await timedMs(plain));
    ownMs = Math.min(ownMs, await timedMs(own));
  }
  const ratio = ownMs / plainMs;
  console.log(`${asked.name}: ${((ownMs / perSlice) * 1000).toFixed(0)} microseconds of its own`);
  console.log(
    `times as long as parsing and marshalling alone: ${ratio.toFixed(2)} at most ${goal}`,
  );
  if (ratio > goal) process.exitCode = 1;
}

const database = await startDynamoDbLocal(undefined);
try {
  const stage = await benchStage(database.endpoint);
  for (const asked of cases) await compare(stage, asked);
} finally {
  await database.stop();
}
