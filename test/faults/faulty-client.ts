import { setTimeout as wait } from 'node:timers/promises';
import {
  type AttributeValue,
  InternalServerError,
  ProvisionedThroughputExceededException,
  ThrottlingException,
  TransactionCanceledException,
  TransactionConflictException,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { TableClient } from '../../shared/adapters/dynamodb/table-client.ts';
import type { Randomness } from '../../shared/ports/runtime.ts';
import { seededRandomness, shuffled } from './seeded-randomness.ts';

/** Chances of each fault, from 0 to 1, rolled for every call. */
export interface FaultRates {
  /** A transaction meets another one that is not there. */
  readonly conflict: number;
  readonly throttle: number;
  /** The service fails before it does anything. */
  readonly failBefore: number;
  /** The write is applied, and the answer is an error. */
  readonly loseAnswer: number;
  /** Part of a batch is left unprocessed. */
  readonly leaveUndone: number;
  /** A page of a query or scan ends early, as pages of large items do. */
  readonly endPage: number;
}

export const usualFaults: FaultRates = {
  conflict: 0.08,
  throttle: 0.05,
  failBefore: 0.04,
  loseAnswer: 0.08,
  leaveUndone: 0.4,
  endPage: 0.4,
};

type Key = Record<string, AttributeValue>;

/**
 * A client that behaves as badly as the service may and DynamoDB Local never does: overlapping
 * transactions refuse each other, answers get lost, batches stay half done, items come in any order
 * that is not promised. The same seed and calls give the same faults.
 */
export function createFaultyClient(
  inner: TableClient,
  seed: number,
  rates: FaultRates = usualFaults,
): TableClient {
  const randomness = seededRandomness(seed);
  const faults = new Faults(randomness, rates);
  return {
    get: (input) => faults.reading(() => inner.get(input)),
    query: (input) => faults.reading(() => inner.query(faults.cutting(input))),
    async scan(input) {
      const page = await faults.reading(() => inner.scan(faults.cutting(input)));
      return { ...page, Items: shuffled(page.Items ?? [], randomness) };
    },
    async batchGet(input) {
      const asked = split(input.RequestItems ?? {}, ({ Keys }) => Keys, faults);
      const now = Object.entries(asked.done).map(([table, Keys]) => [
        table,
        { ...input.RequestItems?.[table], Keys },
      ]);
      const call = { ...input, RequestItems: Object.fromEntries(now) };
      const { Responses = {} } = await faults.reading(() => inner.batchGet(call));
      const mixed = Object.entries(Responses).map(([table, items]) => [
        table,
        shuffled(items, randomness),
      ]);
      const left = Object.entries(asked.left).map(([table, Keys]) => [table, { Keys }]);
      return {
        Responses: Object.fromEntries(mixed),
        UnprocessedKeys: Object.fromEntries(left),
      };
    },
    async batchWrite(input, bill) {
      const asked = split(input.RequestItems ?? {}, (requests) => requests, faults);
      await faults.writing([], () => inner.batchWrite({ RequestItems: asked.done }, bill));
      return { UnprocessedItems: asked.left };
    },
    put: (input, bill) => faults.writing([input.Item ?? {}], () => inner.put(input, bill)),
    transact: (input, bill) =>
      faults.transacting(input.TransactItems ?? [], () => inner.transact(input, bill)),
  };
}

/** Cuts each table's part of a batch; at least one member is done. */
function split<Part, Member>(
  batch: Readonly<Record<string, Part>>,
  membersOf: (part: Part) => readonly Member[] | undefined,
  faults: Faults,
): { readonly done: Record<string, Member[]>; readonly left: Record<string, Member[]> } {
  const done: Record<string, Member[]> = {};
  const left: Record<string, Member[]> = {};
  for (const [table, part] of Object.entries(batch)) {
    const members = membersOf(part) ?? [];
    const cut = faults.leavesUndone()
      ? Math.max(1, Math.floor(members.length / 2))
      : members.length;
    done[table] = members.slice(0, cut);
    if (cut < members.length) left[table] = members.slice(cut);
  }
  return { done, left };
}

const fault = { $metadata: {}, message: 'injected' };

class Faults {
  readonly #randomness: Randomness;
  readonly #rates: FaultRates;
  /** Keys of the transactions under way. */
  readonly #busy = new Set<string>();

  constructor(randomness: Randomness, rates: FaultRates) {
    this.#randomness = randomness;
    this.#rates = rates;
  }

  leavesUndone(): boolean {
    return this.#rolls(this.#rates.leaveUndone);
  }

  /** The same request for a shorter page; a filter may then leave nothing on it. */
  cutting<Input extends { Limit?: number | undefined }>(input: Input): Input {
    if (!this.#rolls(this.#rates.endPage)) return input;
    return { ...input, Limit: Math.min(input.Limit ?? 3, 1 + this.#draw(3)) };
  }

  async reading<Output>(call: () => Promise<Output>): Promise<Output> {
    this.#maybeThrottle();
    if (this.#rolls(this.#rates.failBefore)) throw new InternalServerError(fault);
    return await call();
  }

  async writing<Output>(items: readonly Key[], call: () => Promise<Output>): Promise<Output> {
    if (items.some((item) => this.#busy.has(idOf(item)))) {
      throw new TransactionConflictException(fault);
    }
    return await this.#applying(call);
  }

  async transacting(actions: readonly TransactWriteItem[], call: () => Promise<void>) {
    const keys = actions.map(keyOf).map(idOf);
    const met = keys.map((key) => this.#busy.has(key));
    if (this.#rolls(this.#rates.conflict)) met[this.#draw(keys.length)] = true;
    if (met.includes(true)) throw conflict(met);
    for (const key of keys) this.#busy.add(key);
    try {
      await wait(this.#draw(3));
      await this.#applying(call);
    } finally {
      for (const key of keys) this.#busy.delete(key);
    }
  }

  async #applying<Output>(call: () => Promise<Output>): Promise<Output> {
    this.#maybeThrottle();
    if (this.#rolls(this.#rates.failBefore)) throw new InternalServerError(fault);
    const output = await call();
    if (!this.#rolls(this.#rates.loseAnswer)) return output;
    if (this.#rolls(0.5)) throw new InternalServerError(fault);
    throw Object.assign(new Error('injected'), { name: 'TimeoutError' });
  }

  #maybeThrottle(): void {
    if (!this.#rolls(this.#rates.throttle)) return;
    if (this.#rolls(0.5)) throw new ThrottlingException(fault);
    throw new ProvisionedThroughputExceededException(fault);
  }

  #rolls(chance: number): boolean {
    return this.#randomness.next() < chance;
  }

  #draw(below: number): number {
    return Math.floor(this.#randomness.next() * below);
  }
}

function keyOf({ Put, Update, Delete, ConditionCheck }: TransactWriteItem): Key {
  return Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key ?? {};
}

function idOf(key: Key): string {
  return JSON.stringify([key.pk?.S, key.sk?.S]);
}

function conflict(met: readonly boolean[]): TransactionCanceledException {
  const reasons = met.map((isMet) => ({ Code: isMet ? 'TransactionConflict' : 'None' }));
  return new TransactionCanceledException({ ...fault, CancellationReasons: reasons });
}
