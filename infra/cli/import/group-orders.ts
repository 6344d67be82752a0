import type { Mapping } from '../../../shared/domain/import/mapping.ts';
import {
  addLine,
  closeOrder,
  type ImportedEvent,
  type OrderDraft,
  spoilOrder,
  startOrder,
} from '../../../shared/domain/import/order.ts';
import type { Rejection } from '../../../shared/domain/import/rejection.ts';
import type { SortRow } from './external-sort.ts';
import { decodeLine } from './line-codec.ts';

/** The payload of a line that could not be read, and was reported, of an order that needs it. */
export const spoiltPayload = 'null';

export interface GroupSink {
  /** `line` is the order's first accepted line. */
  event(event: ImportedEvent, line: number): void;
  reject(line: number, rejection: Rejection): void;
}

/** Turns sorted lines into events: add every row, then close. Holds one order at a time. */
export class OrderGroups {
  readonly #mapping: Mapping;
  readonly #sink: GroupSink;
  #key: string | undefined;
  #order = '';
  #draft: OrderDraft | undefined;
  #isSpoilt = false;

  constructor(mapping: Mapping, sink: GroupSink) {
    this.#mapping = mapping;
    this.#sink = sink;
  }

  add(row: SortRow): void {
    if (row.key !== this.#key) this.#begin(row.key);
    if (row.payload === spoiltPayload) {
      this.#isSpoilt = true;
    } else {
      const line = decodeLine(this.#order, row.line, row.payload);
      if (this.#draft === undefined) this.#draft = startOrder(this.#mapping, line);
      else addLine(this.#mapping, this.#draft, line);
    }
    if (this.#draft === undefined) return;
    if (this.#isSpoilt) spoilOrder(this.#mapping, this.#draft);
    if (this.#draft.fault !== undefined) this.#rejectLines(this.#draft, this.#draft.fault);
  }

  #begin(key: string): void {
    this.close();
    this.#key = key;
    this.#order = JSON.parse(key) as string;
  }

  #rejectLines(draft: OrderDraft, rejection: Rejection): void {
    for (const line of draft.lineNumbers) this.#sink.reject(line, rejection);
    draft.lineNumbers = [];
  }

  close(): void {
    const draft = this.#draft;
    this.#draft = undefined;
    this.#isSpoilt = false;
    this.#key = undefined;
    if (draft === undefined) return;
    const closed = closeOrder(this.#mapping, draft);
    if (closed.ok) this.#sink.event(closed.value, draft.first.line);
    else this.#rejectLines(draft, closed.failure);
  }
}
