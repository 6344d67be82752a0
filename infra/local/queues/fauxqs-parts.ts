import { findPackageJSON } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * The parts of fauxqs that its public entrance keeps to itself. They are used because that entrance
 * listens on all interfaces, receives over HTTP only, and stores every receive: see
 * `queue-server.ts`. The version is pinned, and the tests of the queues hold this file to it.
 */

export interface FauxqsMessage {
  readonly messageId: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly messageAttributes: Record<string, FauxqsAttribute>;
  readonly sentTimestamp: number;
  readonly approximateReceiveCount: number;
  readonly approximateFirstReceiveTimestamp?: number;
  delayUntil?: number;
}

export interface FauxqsAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export interface FauxqsQueue {
  readonly name: string;
  url: string;
  attributes: Record<string, string>;
  persistence?: FauxqsPersistence;
  readonly inflightMessages: ReadonlyMap<string, { readonly message: FauxqsMessage }>;
  readonly messages: readonly FauxqsMessage[];
  readonly delayedMessages: readonly FauxqsMessage[];
  setAttributes(attributes: Record<string, string>): void;
  enqueue(message: FauxqsMessage): void;
  dequeue(
    maximum: number,
    visibilitySeconds: number | undefined,
    deadLetterQueue: (arn: string) => FauxqsQueue | undefined,
  ): { readonly ReceiptHandle: string }[];
  deleteMessage(receiptHandle: string): boolean;
  changeVisibility(receiptHandle: string, seconds: number): void;
  processTimers(): void;
  waitForMessages(seconds: number): Promise<void>;
}

export interface FauxqsStore {
  spy?: { addMessage(message: unknown): void };
  persistence?: FauxqsPersistence;
  createQueue(name: string, url: string, arn: string, attributes: object): FauxqsQueue;
  getQueueByArn(arn: string): FauxqsQueue | undefined;
  allQueues(): Iterable<FauxqsQueue>;
  /** Ends all waiting for messages. */
  shutdown(): void;
}

/** What queues call as their messages come and go. */
export interface FauxqsPersistence {
  insertQueue(queue: FauxqsQueue): void;
  deleteQueue(name: string): void;
  updateQueueAttributes(name: string, attributes: object, modifiedAt: number): void;
  updateQueueSequenceCounter(name: string, counter: number): void;
  insertMessage(queueName: string, message: FauxqsMessage): void;
  deleteMessage(messageId: string): void;
  updateMessageInflight(messageId: string): void;
  updateMessageReady(messageId: string): void;
  deleteQueueMessages(queueName: string): void;
}

export interface FauxqsDatabase extends FauxqsPersistence {
  readonly db: { exec(statement: string): void };
  loadSqsQueues(store: FauxqsStore): void;
  close(): void;
}

export interface FauxqsApp {
  listen(options: { port: number; host: string }): Promise<string>;
  close(): Promise<void>;
}

export interface FauxqsParts {
  readonly SqsStore: {
    new (): FauxqsStore;
    createMessage(
      body: string,
      attributes: Record<string, FauxqsAttribute>,
      delaySeconds: number | undefined,
    ): FauxqsMessage;
  };
  readonly PersistenceManager: new (directory: string) => FauxqsDatabase;
  readonly buildApp: (options: {
    logger: boolean;
    defaultRegion: string;
    stores: { sqsStore: FauxqsStore };
  }) => FauxqsApp;
}

let parts: Promise<FauxqsParts> | undefined;

export function fauxqsParts(): Promise<FauxqsParts> {
  parts ??= loadParts();
  return parts;
}

async function loadParts(): Promise<FauxqsParts> {
  const manifest = findPackageJSON('fauxqs', import.meta.url);
  if (manifest === undefined) throw new Error('The package fauxqs is not installed.');
  const load = (path: string) => import(new URL(path, pathToFileURL(manifest)).href);
  const modules = await Promise.all([
    load('dist/app.js'),
    load('dist/sqs/sqsStore.js'),
    load('dist/persistence.js'),
  ]);
  return Object.assign({}, ...modules) as FauxqsParts;
}
