import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { QueueServer } from '../queues/queue-server.ts';
import type { BusPlan } from '../template/bus.ts';
import type { Place } from '../template/identities.ts';
import { type Operations, ServiceError } from './services.ts';

/** An event as rules match it and queues get it. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Record<string, unknown>;
}

interface Told {
  readonly source: string;
  readonly detailType: string;
  readonly detail: Record<string, unknown>;
  readonly at: Date;
  readonly resources?: readonly string[];
}

export type BusListener = (event: BusEvent) => void;

const maximumEntries = 10;
/** One entry and all of a call: aws-facts 2.6. */
const maximumBytes = 1024 * 1024;

const putEvents = z.object({
  Entries: z.array(
    z.object({
      Detail: z.string().optional(),
      DetailType: z.string().optional(),
      EventBusName: z.string().default('default'),
      Resources: z.array(z.string()).default([]),
      Source: z.string().optional(),
      Time: z.number().optional(),
    }),
  ),
});

type Entry = z.output<typeof putEvents>['Entries'][number];
type EntryResult = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

/** Stands in for EventBridge: takes events, matches rules, puts envelopes into queues. */
export class EventBus {
  readonly #plan: BusPlan;
  readonly #place: Place;
  readonly #queues: QueueServer;
  readonly #listeners = new Set<BusListener>();
  readonly operations: Operations = { 'AWSEvents.PutEvents': (input) => this.#putEvents(input) };

  constructor(plan: BusPlan, place: Place, queues: QueueServer) {
    this.#plan = plan;
    this.#place = place;
    this.#queues = queues;
  }

  listen(listener: BusListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What a service of AWS says of itself, on the default bus. */
  announce(source: string, detailType: string, detail: Record<string, unknown>): void {
    this.#deliver(this.#event({ source, detailType, detail, at: new Date() }), 'default');
  }

  #putEvents(input: unknown): object {
    const { success, data } = putEvents.safeParse(input);
    if (!success) throw new ServiceError('ValidationException', 'The entries are malformed.');
    const { Entries } = data;
    if (Entries.length === 0 || Entries.length > maximumEntries) {
      throw new ServiceError('ValidationException', `A call takes 1 to ${maximumEntries} entries.`);
    }
    if (Entries.reduce((bytes, entry) => bytes + bytesOf(entry), 0) > maximumBytes) {
      throw new ServiceError('ValidationException', 'Total size of the entries is over the limit.');
    }
    const results = Entries.map((entry) => this.#put(entry));
    const FailedEntryCount = results.filter((result) => 'ErrorCode' in result).length;
    return { Entries: results, FailedEntryCount };
  }

  #put(entry: Entry): EntryResult {
    const { Detail, DetailType, Source, Time, Resources } = entry;
    const busName = entry.EventBusName.split('event-bus/').at(-1) ?? '';
    if (!this.#plan.busNames.includes(busName)) {
      return refused('ResourceNotFoundException', `Event bus ${busName} does not exist.`);
    }
    if (!Detail || !DetailType || !Source) {
      return refused('InvalidArgument', 'Source, DetailType and Detail are needed.');
    }
    if (Source.startsWith('aws.')) {
      return refused('NotAuthorizedForSourceException', 'Sources of AWS are reserved.');
    }
    const detail = parseObject(Detail);
    if (detail === undefined) return refused('MalformedDetail', 'Detail is malformed.');
    const at = new Date(Time === undefined ? Date.now() : Time * 1000);
    const told = { source: Source, detailType: DetailType, detail, at, resources: Resources };
    const event = this.#event(told);
    this.#deliver(event, busName);
    return { EventId: event.id };
  }

  #event({ source, detailType, detail, at, resources = [] }: Told): BusEvent {
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': detailType,
      source,
      account: this.#place.accountId,
      time: `${at.toISOString().slice(0, 19)}Z`,
      region: this.#place.region,
      resources,
      detail,
    };
  }

  #deliver(event: BusEvent, busName: string): void {
    const rules = this.#plan.rules.filter((rule) => rule.busName === busName);
    const matching = rules.filter(({ matches }) => matches(event));
    const targets = matching.flatMap((rule) => rule.targets);
    for (const { queueArn, messageOf } of targets) {
      this.#queues.queue(queueArn).send(messageOf(event));
    }
    for (const listener of this.#listeners) listener(event);
  }
}

function refused(ErrorCode: string, ErrorMessage: string): EntryResult {
  return { ErrorCode, ErrorMessage };
}

/** As the service counts: 14 for a time, and the bytes of all texts. */
function bytesOf({ Detail, DetailType, Resources, Source, Time }: Entry): number {
  const texts = [Detail ?? '', DetailType ?? '', Source ?? '', ...Resources];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return bytes + (Time === undefined ? 0 : 14);
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
