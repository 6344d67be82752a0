import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda';
import { type ApiAnswers, apiHandler } from '../../functions/_runtime/routes.ts';
import { enrolAnswers } from '../../functions/_runtime/routes-enrol.ts';
import { intakeAnswers } from '../../functions/_runtime/routes-intake.ts';
import { memberAnswers } from '../../functions/_runtime/routes-member.ts';
import { redeemAnswers } from '../../functions/_runtime/routes-redeem.ts';
import { redemptionAnswers } from '../../functions/_runtime/routes-redemption.ts';
import { createPageTokens } from '../../shared/adapters/aws/page-tokens.ts';
import { createMemoryChoiceStore } from '../../shared/adapters/memory/choice-store.ts';
import {
  ContactRows,
  createMemoryContactStore,
  createMemoryDeliveryStore,
} from '../../shared/adapters/memory/contact-store.ts';
import { createMemoryPayoutStore } from '../../shared/adapters/memory/payout-store.ts';
import { createMemoryProjectionStore } from '../../shared/adapters/memory/projection-store.ts';
import { createMemorySubscriptions } from '../../shared/adapters/memory/subscriptions.ts';
import { apiRoutes, type RouteFunction } from '../../shared/contracts/routes.ts';
import type { Program } from '../../shared/domain/program/schema.ts';
import { Secret } from '../../shared/domain/secret.ts';
import { sampleProgram } from '../support/sample-program.ts';
import { wrapped } from '../support/scheduling.ts';
import { createWorld, type World } from '../support/world.ts';
import { type ApiRequest, eventOf } from './request.ts';

export interface ApiReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export interface Stage {
  readonly world: World;
  readonly contacts: ContactRows;
  readonly shared: ReturnType<typeof dependenciesOf>;
  call(request: ApiRequest): Promise<ApiReply>;
  /** All that is kept: a refused request leaves it as it was. */
  books(): string;
}

type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** The handlers of the member API on memory stores, as API Gateway calls them. */
export function createStage(program: Program = sampleProgram(), start?: string): Stage {
  const world = createWorld(program, start);
  const contacts = new ContactRows();
  const writes = new Writes();
  const shared = dependenciesOf(world, contacts, writes);
  const answers: Partial<Record<RouteFunction, ApiAnswers>> = {
    'member-api': memberAnswers(shared),
    'redeem-api': redeemAnswers(shared),
    'redemption-api': redemptionAnswers(shared),
    'enrol-api': enrolAnswers(shared),
    'intake-api': intakeAnswers(shared),
  };
  const { logger, ledger } = shared;
  const handlers = new Map(
    Object.entries(answers).map(([key, own]) => {
      const name = key as RouteFunction;
      return [name, apiHandler({ logger, ledger, name, answers: own }) as unknown as Handler];
    }),
  );
  return {
    ...{ world, contacts, shared },
    call: (request) => callOne(handlers, request),
    books: () => booksOf(world, contacts, writes),
  };
}

/** Counts what is written to stores that do not show their rows. */
class Writes {
  count = 0;

  within<Port extends object>(port: Port): Port {
    return wrapped(port, async (call, name) => {
      const result = await call();
      if (writing.test(name)) this.count += 1;
      return result;
    });
  }
}

const writing = /^(put|save|unsave|remove|add|replace)/;

function dependenciesOf(world: World, contacts: ContactRows, writes: Writes) {
  return {
    ...world.dependencies,
    contacts: createMemoryContactStore(contacts),
    deliveries: createMemoryDeliveryStore(contacts),
    choices: writes.within(createMemoryChoiceStore()),
    projections: createMemoryProjectionStore(world.table),
    payouts: writes.within(createMemoryPayoutStore(world.table)),
    subscriptions: writes.within(createMemorySubscriptions()),
    quotes: writes.within(world.dependencies.quotes),
    pageTokens: createPageTokens({ secret: async () => ({ key: new Secret('k'.repeat(32)) }) }),
    pagesUrl: 'https://pages.example',
    notifyQueue: world.inbox.queue('notify'),
    webhookQueue: world.inbox.queue('webhooks'),
    newWebhookSecret: () => new Secret(`whsec_${Buffer.alloc(32, 7).toString('base64')}`),
    allowsHttp: false,
  };
}

async function callOne(
  handlers: ReadonlyMap<RouteFunction, Handler>,
  request: ApiRequest,
): Promise<ApiReply> {
  const route = apiRoutes.find(({ method, path }) => `${method} ${path}` === request.route);
  const handler = route && handlers.get(route.function);
  if (handler === undefined) throw new Error(`Nobody answers ${request.route}.`);
  const answer = await handler(eventOf(request), {} as Context);
  const { statusCode = 500, headers = {}, body = '' } = answer;
  return { status: statusCode, headers, body: body === '' ? undefined : JSON.parse(body) };
}

function booksOf(
  { table, published, inbox }: World,
  contacts: ContactRows,
  { count }: Writes,
): string {
  return JSON.stringify(
    { table, published, messages: inbox.messages, contacts, count },
    (_, value) => {
      if (value instanceof Map) return [...value];
      if (value instanceof Set) return [...value];
      return typeof value === 'bigint' ? `${value}n` : value;
    },
  );
}
