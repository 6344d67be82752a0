import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { maximumBodyBytes } from '../../../shared/contracts/body.ts';
import { busEventTypes } from '../../../shared/domain/bus-event.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';
import type { LocalStack } from '../../local/stack.ts';
import { clientSettings } from '../client-settings.ts';
import { readEventLine } from './event-line.ts';
import { type PendingLine, PendingLines } from './pending-lines.ts';
import { type FileLine, readLines } from './read-lines.ts';
import { RefusedLines } from './refused-lines.ts';

export interface EventCounts {
  received: number;
  accrued: number;
  /** Also what follows up otherwise: activations, forfeits. */
  returned: number;
  commands: number;
  duplicate: number;
  conflict: number;
  refused: Record<string, number>;
}

const entriesPerCall = 10;
const callsAtOnce = 4;
/** Lines read whose outcome is not known yet: bounds memory and queue depth. */
const maximumPending = 3000;

/** The file speaks for the program's own people: its commands may be theirs. */
const senders = {
  event: { Source: 'guerdon.file', DetailType: busEventTypes.customerEvent },
  command: { Source: 'guerdon.staff', DetailType: busEventTypes.memberCommand },
} as const;

const sentTypes: ReadonlySet<string> = new Set(
  Object.values(senders).map(({ DetailType }) => DetailType),
);

export interface FeedSettings {
  readonly program: string;
  /** Names this feed's deliveries. */
  readonly runId: string;
  /** What waits for the outcome of the line before it: lines of one event, or of one member. */
  readonly order: 'event' | 'member';
}

type NamedLine = Pick<PendingLine, 'line' | 'id'>;

type FedStack = Pick<LocalStack, 'clientEnvironment' | 'outputs' | 'onBusEvent' | 'rest'>;

/**
 * Feeds a file of events to the bus, line by line. Of several lines with one (source, id), each is
 * sent only when the outcome of the one before is known: queues keep no order, and the file's order
 * decides.
 */
export class EventFeed {
  readonly counts: EventCounts = {
    ...{ received: 0, accrued: 0, returned: 0, commands: 0, duplicate: 0, conflict: 0 },
    refused: {},
  };
  readonly #stack: FedStack;
  readonly #program: string;
  readonly #runId: string;
  readonly #order: FeedSettings['order'];
  readonly #client: EventBridgeClient;
  readonly #pending = new PendingLines();
  readonly #refused = new RefusedLines();
  readonly #outbox: PendingLine[] = [];
  readonly #calls = new Set<Promise<void>>();
  readonly #stopListening: () => void;
  #emptying: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => undefined;
  #firstSendMs: number | undefined;

  constructor(stack: FedStack, settings: FeedSettings) {
    this.#stack = stack;
    this.#program = settings.program;
    this.#runId = settings.runId;
    this.#order = settings.order;
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
    for await (const line of readLines(path, maximumBodyBytes)) {
      await this.send(line);
      onProgress(this.counts.received);
    }
    await this.#flush();
  }

  /** Sends one line, or keeps it for the next call. Throws as `feed` does. */
  async send({ number, text }: FileLine): Promise<void> {
    if (text?.trim() === '') return;
    this.counts.received += 1;
    this.#accept(number, text);
    if (this.#outbox.length >= entriesPerCall) await this.#flush();
    while (this.#pending.size >= maximumPending) await this.#change();
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
    const read = readEventLine(text);
    if (read.kind === 'refused') {
      this.#refuse({ line, id: read.id }, read.refusal);
      return;
    }
    const { kind, id, source, member, body } = read;
    const key = JSON.stringify(this.#order === 'member' ? [member] : [source, id]);
    const pending: PendingLine = { line, id, key, kind, body };
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
      bytes += JSON.stringify(this.#outbox[0].body).length * 3;
      if (batch.length > 0 && bytes > maximumBodyBytes * 3) break;
      batch.push(...this.#outbox.splice(0, 1));
    }
    return batch;
  }

  async #send(batch: readonly PendingLine[]): Promise<void> {
    this.#firstSendMs ??= Date.now();
    const result = await this.#client.send(
      new PutEventsCommand({
        Entries: batch.map(({ line, kind, body }) => ({
          EventBusName: this.#stack.outputs.BusName,
          ...senders[kind],
          Detail: JSON.stringify({
            program: this.#program,
            delivery: `${this.#runId}.${line}`,
            [kind]: body,
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
    if (pending === undefined || sentTypes.has(type)) return;
    if (type === busEventTypes.eventDuplicate) this.counts.duplicate += 1;
    else if (type === busEventTypes.eventConflict) {
      this.counts.conflict += 1;
      this.#tell(pending, { code: 'EVENT_CONFLICT' });
    } else if (type === busEventTypes.eventRefused) {
      this.#refuse(pending, told as Refusal);
    } else if (pending.kind === 'command') this.counts.commands += 1;
    else if (type === busEventTypes.pointsAccrued) this.counts.accrued += 1;
    else this.counts.returned += 1;
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
    // What earlier runs have left delayed is no event.
    await this.#stack.rest();
    for (const line of sent) this.#settle(line);
  }

  #refuse(line: NamedLine, refused: Refusal): void {
    this.counts.refused[refused.code] = (this.counts.refused[refused.code] ?? 0) + 1;
    this.#tell(line, refused);
  }

  #tell({ line, id }: NamedLine, { code, field }: Refusal): void {
    this.#refused.tell({ line, id, code, field });
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
