import type {
  FauxqsDatabase,
  FauxqsMessage,
  FauxqsPersistence,
  FauxqsQueue,
} from './fauxqs-parts.ts';

/**
 * DynamoDB Local acknowledges a write before it is on disk (dynamodb-local.ts). If everything is
 * killed in that moment, the message that caused the write must still be there, so a message stays
 * stored for this long after it was deleted. A restart delivers it again, which every consumer
 * bears.
 */
const deletionLagMs = 1000;
const flushEveryMs = 250;

/**
 * Stores messages when they come, forgets them a little after they went, and does not store that a
 * message is in flight: whoever had received it died with the process, so after a restart every
 * message can be received at once.
 */
export class LaggingPersistence implements FauxqsPersistence {
  readonly #database: FauxqsDatabase;
  /** Message id to the time (ms) of its deletion, oldest first. */
  readonly #deleted = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(database: FauxqsDatabase) {
    this.#database = database;
    // What the operating system has been handed survives a killed process; only a power cut is
    // not guarded against, which would cost one disk flush a message.
    database.db.exec('PRAGMA synchronous = OFF');
    this.#timer = setInterval(() => this.#flush(Date.now() - deletionLagMs), flushEveryMs);
    this.#timer.unref();
  }

  insertMessage(queueName: string, message: FauxqsMessage): void {
    this.#deleted.delete(message.messageId);
    this.#database.insertMessage(queueName, message);
  }

  deleteMessage(messageId: string): void {
    this.#deleted.set(messageId, Date.now());
  }

  updateMessageInflight(): void {}

  updateMessageReady(): void {}

  insertQueue(queue: FauxqsQueue): void {
    this.#database.insertQueue(queue);
  }

  deleteQueue(name: string): void {
    this.#database.deleteQueue(name);
  }

  updateQueueAttributes(name: string, attributes: object, modifiedAt: number): void {
    this.#database.updateQueueAttributes(name, attributes, modifiedAt);
  }

  updateQueueSequenceCounter(name: string, counter: number): void {
    this.#database.updateQueueSequenceCounter(name, counter);
  }

  deleteQueueMessages(queueName: string): void {
    this.#database.deleteQueueMessages(queueName);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#flush(Number.POSITIVE_INFINITY);
    this.#database.close();
  }

  #flush(deletedBefore: number): void {
    const due: string[] = [];
    for (const [messageId, deletedAt] of this.#deleted) {
      if (deletedAt > deletedBefore) break;
      due.push(messageId);
    }
    if (due.length === 0) return;
    this.#database.db.exec('BEGIN');
    for (const messageId of due) {
      this.#database.deleteMessage(messageId);
      this.#deleted.delete(messageId);
    }
    this.#database.db.exec('COMMIT');
  }
}
