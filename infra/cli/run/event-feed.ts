import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  busEventTypes,
  maximumBodyBytes,
  readCustomerEvent,
} from '../../../shared/contracts/events.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';
import type { LocalStack } from '../../local/stack.ts';
import { clientSettings } from '../client-settings.ts';
import { say } from '../exit.ts';
import { type PendingLine, PendingLines } from './pending-lines.ts';
import { readLines } from './read-lines.ts';

export interface EventCounts {
  received: number;
  accrued: number;
  returned: number;
  duplicate: number;
  conflict: number;
  refused: Record<string, number>;
}

const entriesPerCall = 10;
const callsAtOnce = 4;
/** Lines read whose outcome is not known yet: bounds memory and queue depth. */
const maximumPending = 3000;

type FedStack = Pick<LocalStack, 'clientEnvironment' | 'outputs' | 'onBusEvent' | 'drain'>;

/**
 * Feeds a file of events to the bus, line by line. Of several lines with one (source, id), each is
 * sent only when the outcome of the one before is known: queues keep no order, and the file's order
 * decides.
 */
export class EventFeed {
  readonly counts: EventCounts = {
    ...{ received: 0, accrued: 0, returned: 0, duplicate: 0, conflict: 0 },
    refused: {},
  };
  readonly #stack: FedStack;
  readonly #program: string;
  readonly #runId: string;
  readonly #client: EventBridgeClient;
  readonly #pending = new PendingLines();
  readonly #outbox: PendingLine[] = [];
  readonly #calls = new Set<Promise<void>>();
  readonly #stopListening: () => void;
  #emptying: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => undefined;
  #firstSendMs: number | undefined;

  constructor(stack: FedStack, program: string, runId: string) {
    this.#stack = stack;
    this.#program = program;
    this.#runId = runId;
    this.#client = new EventBridgeClient(clientSettings(stack.clientEnvironment, 'EVENTBRIDGE'));
    this.#stopListening = stack.onBusEvent((event) =>
      this.#hear(event['detail-type'], event.detail),
    );
  }

  /** When the first event went out (epoch ms), if any did. */
  get firstSendMs(): number | undefined {
    return this.#firstSendMs;
  }

  /** Sends the whole file. Throws what the first failed call to the bus threw. */
  async feed(path: string, onProgress: (lines: number) => void): Promise<void> {
    for await (const { number, text } of readLines(path, maximumBodyBytes)) {
      if (text?.trim() === '') continue;
      this.counts.received += 1;
      this.#accept(number, text);
      if (this.#outbox.length >= entriesPerCall) await this.#flush();
      while (this.#pending.size >= maximumPending) await this.#change();
      onProgress(this.counts.received);
    }
    await this.#flush();
  }

  /**
   * Waits until every line has its outcome, or the pipeline is empty without one (a dead letter).
   * Throws as `feed` does.
   */
  async finish(): Promise<void> {
    do {
      await this.#flush();
      await this.#settleLost();
    } while (this.#pending.size > 0);
  }

  /** Waits for what is under way, however it ends. */
  async close(): Promise<void> {
    await Promise.all([...this.#calls, this.#emptying]);
    this.#stopListening();
    this.#client.destroy();
  }

  #accept(line: number, text: string | undefined): void {
    const body = text === undefined ? undefined : parseJson(text);
    if (body === undefined) {
      const code = text === undefined ? 'BODY_TOO_LARGE' : 'MALFORMED_JSON';
      this.#refuse({ line, id: undefined }, { code });
      return;
    }
    const id = idOf(body);
    const received = readCustomerEvent(body);
    if (!received.ok) {
      this.#refuse({ line, id }, received.failure);
      return;
    }
    const { event } = received.value;
    const pending = { line, id, key: JSON.stringify([event.source, event.id]), event: body };
    if (this.#pending.add(pending)) this.#outbox.push(pending);
  }

  async #flush(): Promise<void> {
    while (this.#outbox.length > 0) {
      while (this.#calls.size >= callsAtOnce) await Promise.race(this.#calls);
      this.#throwFailure();
      const call = this.#send(this.#takeBatch())
        .catch((error: unknown) => this.#fail(error))
        .finally(() => this.#calls.delete(call));
      this.#calls.add(call);
    }
    this.#throwFailure();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** At most ten entries and well below the 1 MB of one call. */
  #takeBatch(): PendingLine[] {
    const batch: PendingLine[] = [];
    let bytes = 0;
    while (batch.length < entriesPerCall && this.#outbox[0] !== undefined) {
      bytes += JSON.stringify(this.#outbox[0].event).length * 3;
      if (batch.length > 0 && bytes > maximumBodyBytes * 3) break;
      batch.push(...this.#outbox.splice(0, 1));
    }
    return batch;
  }

  async #send(batch: readonly PendingLine[]): Promise<void> {
    this.#firstSendMs ??= Date.now();
    const result = await this.#client.send(
      new PutEventsCommand({
        Entries: batch.map(({ line, event }) => ({
          EventBusName: this.#stack.outputs.BusName,
          Source: 'guerdon.file',
          DetailType: busEventTypes.customerEvent,
          Detail: JSON.stringify({
            program: this.#program,
            delivery: `${this.#runId}.${line}`,
            event,
          }),
        })),
      }),
    );
    const failed = result.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
    if (failed) throw new Error(`The bus refused an event: ${failed.ErrorCode}.`);
  }

  #hear(type: string, detail: unknown): void {
    const told = detail as { delivery?: string; code?: string; field?: string };
    if (told.delivery?.startsWith(`${this.#runId}.`) !== true) return;
    const pending = this.#pending.find(Number(told.delivery.slice(this.#runId.length + 1)));
    if (pending === undefined) return;
    if (type === busEventTypes.pointsAccrued) this.counts.accrued += 1;
    else if (type === busEventTypes.pointsReturned) this.counts.returned += 1;
    else if (type === busEventTypes.eventDuplicate) this.counts.duplicate += 1;
    else if (type === busEventTypes.eventConflict) {
      this.counts.conflict += 1;
      report(pending, { code: 'EVENT_CONFLICT' });
    } else if (type === busEventTypes.eventRefused) {
      this.#refuse(pending, told as Refusal);
    } else return;
    this.#settle(pending);
  }

  /** The line has its outcome; the next one of its key may go. */
  #settle(pending: PendingLine): void {
    const next = this.#pending.settle(pending);
    if (next !== undefined) this.#outbox.push(next);
    this.#wake();
  }

  /** Lines on the bus that have no outcome when the pipeline is empty are not going to get one. */
  async #settleLost(): Promise<void> {
    await Promise.all(this.#calls);
    this.#throwFailure();
    const unsent = new Set(this.#outbox);
    const sent = this.#pending.underWay().filter((line) => !unsent.has(line));
    await this.#stack.drain();
    for (const line of sent) this.#settle(line);
  }

  #refuse(line: Pick<PendingLine, 'line' | 'id'>, refused: Refusal): void {
    this.counts.refused[refused.code] = (this.counts.refused[refused.code] ?? 0) + 1;
    report(line, refused);
  }

  /** Resolves at the next outcome, or when the pipeline is empty and what was lost is settled. */
  async #change(): Promise<void> {
    await this.#flush();
    if (this.#pending.size < maximumPending) return;
    const outcome = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#emptying ??= this.#settleLost()
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#emptying = undefined;
      });
    await Promise.race([outcome, this.#emptying]);
  }
}

function report({ line, id }: Pick<PendingLine, 'line' | 'id'>, { code, field }: Refusal): void {
  say(JSON.stringify({ line, id: id ?? null, code, field: field ?? null }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function idOf(body: unknown): string | undefined {
  const id = body !== null && typeof body === 'object' ? (body as { id?: unknown }).id : undefined;
  return typeof id === 'string' ? id : undefined;
}
