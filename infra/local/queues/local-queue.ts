import type { SQSRecord } from 'aws-lambda';
import type { QueuePlan } from '../template/storage.ts';
import type { FauxqsMessage, FauxqsParts, FauxqsQueue, FauxqsStore } from './fauxqs-parts.ts';

export interface QueueCounts {
  readonly ready: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** One SQS queue, read and written inside this process; other clients use its URL. */
export class LocalQueue {
  readonly name: string;
  readonly arn: string;
  readonly logicalId: string;
  readonly #queue: FauxqsQueue;
  readonly #store: FauxqsStore;
  readonly #createMessage: FauxqsParts['SqsStore']['createMessage'];
  readonly #region: string;

  constructor(plan: QueuePlan, queue: FauxqsQueue, store: FauxqsStore, parts: FauxqsParts) {
    this.name = plan.name;
    this.arn = plan.arn;
    this.logicalId = plan.logicalId;
    this.#queue = queue;
    this.#store = store;
    this.#createMessage = parts.SqsStore.createMessage;
    this.#region = plan.arn.split(':')[3] ?? '';
  }

  /** Seconds in which a receiver is alone with a message. */
  get visibilitySeconds(): number {
    return Number(this.#queue.attributes.VisibilityTimeout ?? 30);
  }

  send(body: string): void {
    const delaySeconds = Number(this.#queue.attributes.DelaySeconds ?? 0);
    this.#queue.enqueue(this.#createMessage(body, {}, delaySeconds || undefined));
  }

  /** Up to `maximum` messages as Lambda hands them over; one received too often goes to its DLQ. */
  receive(maximum: number): SQSRecord[] {
    const records: SQSRecord[] = [];
    while (records.length < maximum) {
      const wanted = Math.min(10, maximum - records.length);
      const received = this.#queue.dequeue(wanted, undefined, (arn) =>
        this.#store.getQueueByArn(arn),
      );
      for (const { ReceiptHandle } of received) {
        const entry = this.#queue.inflightMessages.get(ReceiptHandle);
        if (entry !== undefined) records.push(this.#record(ReceiptHandle, entry.message));
      }
      if (received.length < wanted) break;
    }
    return records;
  }

  /** Resolves when a message may be there, or after `maximumMs`. */
  async waitForMessage(maximumMs: number): Promise<void> {
    if (this.#queue.messages.length === 0) await this.#queue.waitForMessages(maximumMs / 1000);
  }

  delete(receiptHandle: string): void {
    this.#queue.deleteMessage(receiptHandle);
  }

  /** Lets a received message be received again after `seconds`, at least one. */
  retryAfter(receiptHandle: string, seconds: number): void {
    this.#queue.changeVisibility(receiptHandle, Math.max(1, seconds));
  }

  /** Until the next delayed message comes; `undefined` where none is delayed. */
  nextDelayMs(): number | undefined {
    const due = this.#queue.delayedMessages.flatMap(({ delayUntil }) => delayUntil ?? []);
    return due.length === 0 ? undefined : Math.max(0, Math.min(...due) - Date.now());
  }

  /** Delayed messages come so much sooner. */
  skipDelays(durationMs: number): void {
    for (const message of this.#queue.delayedMessages) {
      if (message.delayUntil !== undefined) message.delayUntil -= durationMs;
    }
    this.#queue.processTimers();
  }

  counts(): QueueCounts {
    this.#queue.processTimers();
    return {
      ready: this.#queue.messages.length,
      inFlight: this.#queue.inflightMessages.size,
      delayed: this.#queue.delayedMessages.length,
    };
  }

  #record(receiptHandle: string, message: FauxqsMessage): SQSRecord {
    const attributes = Object.entries(message.messageAttributes);
    return {
      messageId: message.messageId,
      receiptHandle,
      body: message.body,
      attributes: {
        ApproximateReceiveCount: String(message.approximateReceiveCount),
        SentTimestamp: String(message.sentTimestamp),
        SenderId: this.arn.split(':')[4] ?? '',
        ApproximateFirstReceiveTimestamp: String(message.approximateFirstReceiveTimestamp ?? ''),
      },
      messageAttributes: Object.fromEntries(
        attributes.map(([name, { DataType, StringValue, BinaryValue }]) => [
          name,
          {
            dataType: DataType,
            ...(StringValue !== undefined && { stringValue: StringValue }),
            ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
            stringListValues: [],
            binaryListValues: [],
          },
        ]),
      ),
      md5OfBody: message.md5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: this.arn,
      awsRegion: this.#region,
    };
  }
}
