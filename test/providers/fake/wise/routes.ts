import * as z from 'zod';
import { type Answer, answered } from '../common/answer.ts';
import type { FakeCall } from '../common/call.ts';
import { listBalances, readStatement, simulateTopUp } from './account.ts';
import { notFound, refused } from './answer.ts';
import type { Desk } from './desk.ts';
import type { WiseFaults } from './faults.ts';
import { createQuote, readQuote } from './quotes.ts';
import { createRecipient, readRecipient } from './recipients.ts';
import type { StoredTransfer, TransferStatus } from './store.ts';
import {
  type Books,
  balanceCents,
  calledOff,
  chargeCents,
  createTransfer,
  listTransfers,
  paymentViews,
  transferView,
} from './transfers.ts';

export interface World {
  readonly books: Books;
  readonly desk: Desk;
  readonly profileId: string;
}

const namedSchema = z.object({ customerTransactionId: z.string() });

/** Whose transfer a call is about; `undefined`: about none, and nothing goes wrong with it. */
export function subjectOf({ books: { store } }: World, call: FakeCall): string | undefined {
  const at = call.parts.indexOf('transfers');
  if (at < 0 || call.parts.includes('simulation')) return undefined;
  const id = call.parts[at + 1];
  if (id !== undefined) return store.transfer(id)?.reference ?? id;
  if (call.method === 'GET') return 'list';
  return namedSchema.safeParse(call.body).data?.customerTransactionId ?? '';
}

type Handler = (world: World, call: FakeCall, id: string, faults: WiseFaults) => Answer;

/** A colon stands for an id; the profile in a path has been looked at before. */
const handlers: Readonly<Record<string, Handler>> = {
  'POST v1 accounts': ({ books }, { body }) => createRecipient(books.store, body),
  'GET v2 accounts :': ({ books }, _call, id) => readRecipient(books.store, id),
  'POST v3 profiles quotes': ({ books }, { body }) => createQuote(books.store, body, books.now()),
  'GET v3 profiles quotes :': ({ books }, _call, id) => readQuote(books.store, id, books.now()),
  'POST v1 transfers': ({ books }, { body }) => createTransfer(books, body),
  'GET v1 transfers': ({ books, profileId }, { query }) =>
    query.get('profile') === profileId ? listTransfers(books, query) : answered([]),
  'GET v1 transfers :': about((_world, transfer) => answered(transferView(transfer))),
  'GET v1 transfers : payments': about((_world, transfer) => answered(paymentViews(transfer))),
  'PUT v1 transfers : cancel': about(cancel),
  'POST v3 profiles transfers : payments': about(fund),
  'GET v4 profiles balances': ({ books }) => listBalances(books),
  'GET v1 profiles balance-statements : statement.json': ({ books }, { query }, id) =>
    readStatement(books, id, query),
  'POST v1 simulation balance topup': ({ books }, { body }) => simulateTopUp(books, body),
};

export function route(world: World, call: FakeCall, faults: WiseFaults): Answer {
  world.desk.catchUp();
  const { parts } = call;
  if (parts[1] === 'profiles' && parts[2] !== world.profileId) {
    return refused(403, 'not.permitted');
  }
  if (parts[1] === 'simulation' && parts[2] === 'transfers') return simulate(world, call);
  const rest = parts[1] === 'profiles' ? parts.toSpliced(2, 1) : parts;
  const isBelowProfile = rest.length < parts.length;
  const idAt = isBelowProfile ? 3 : 2;
  const isPlain = parts[1] === 'simulation' || rest[idAt] === undefined;
  const named = isPlain ? rest : rest.toSpliced(idAt, 1, ':');
  const handler = handlers[[call.method, ...named].join(' ')];
  return handler === undefined ? notFound : handler(world, call, rest[idAt] ?? '', faults);
}

function about(
  handle: (world: World, transfer: StoredTransfer, faults: WiseFaults) => Answer,
): Handler {
  return (world, _call, id, faults) => {
    const transfer = world.books.store.transfer(id);
    if (transfer === undefined) return notFound;
    const answer = handle(world, transfer, faults);
    const isWhole = answer.body instanceof Object && 'targetValue' in answer.body;
    if (!isWhole || !faults.strikes('contradiction')) return answer;
    return answered(transferView(distorted(transfer, faults.roll(3))));
  };
}

function distorted(transfer: StoredTransfer, way: number): StoredTransfer {
  if (way === 0) return { ...transfer, reference: '00000000-0000-8000-8000-000000000001' };
  if (way === 1) return { ...transfer, target: `1${transfer.target}` };
  return { ...transfer, currency: transfer.currency === 'USD' ? 'EUR' : 'USD' };
}

/**
 * A no comes with a good status. Only the code for want of money is known: the others stand for
 * whatever Wise may say there.
 */
function fund({ books, desk }: World, transfer: StoredTransfer, faults: WiseFaults): Answer {
  const rejected = (errorCode: string) =>
    answered({ type: 'BALANCE', status: 'REJECTED', errorCode }, 201);
  if (transfer.status !== 'incoming_payment_waiting') return rejected('transfer.not_waiting');
  const isShort = chargeCents(transfer) > balanceCents(books);
  if (isShort || faults.strikes('outOfFunds')) return rejected('transfer.insufficient_funds');
  desk.paid(transfer, faults);
  return answered({ type: 'BALANCE', status: 'COMPLETED', errorCode: null }, 201);
}

const cancellable: ReadonlySet<TransferStatus> = new Set([
  'incoming_payment_waiting',
  'processing',
]);

function cancel({ books, desk }: World, transfer: StoredTransfer): Answer {
  if (!cancellable.has(transfer.status)) return refused(409, 'transfer.cancellation.not.allowed');
  const over = calledOff(transfer, books.now());
  desk.keep(over, transfer.status);
  return answered(transferView(over));
}

/** In the sandbox a paid transfer is moved by hand, step by step. */
const simulated: Readonly<Record<string, readonly TransferStatus[]>> = {
  processing: ['incoming_payment_waiting', 'bounced_back'],
  funds_converted: ['processing'],
  outgoing_payment_sent: ['funds_converted'],
  bounced_back: ['outgoing_payment_sent'],
  funds_refunded: ['bounced_back', 'cancelled'],
};

function simulate({ books, desk }: World, { method, parts }: FakeCall): Answer {
  const [, , , id = '', status = ''] = parts;
  const transfer = books.store.transfer(id);
  const from = simulated[status];
  if (method !== 'GET' || transfer === undefined || from === undefined) return notFound;
  if (!from.includes(transfer.status)) return refused(409, 'simulation.not.allowed');
  desk.move(transfer, status as TransferStatus);
  return answered(transferView(books.store.transfer(id) ?? transfer));
}
