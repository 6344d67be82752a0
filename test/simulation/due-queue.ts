import type { Instant } from '../../shared/domain/time.ts';

interface Waiting<Item> {
  readonly item: Item;
  readonly dueAt: Instant;
  readonly number: number;
}

/** Whatever waits, by when it is due; of one instant, in the order in which it came. */
export class DueQueue<Item> {
  readonly #heap: Waiting<Item>[] = [];
  #count = 0;

  put(item: Item, dueAt: Instant): void {
    this.#count += 1;
    this.#heap.push({ item, dueAt, number: this.#count });
    this.#rise(this.#heap.length - 1);
  }

  nextAt(): Instant | undefined {
    return this.#heap[0]?.dueAt;
  }

  /** The next one, where it is due by then. */
  take(by: Instant): Item | undefined {
    const [first] = this.#heap;
    if (first === undefined || first.dueAt > by) return undefined;
    const last = this.#heap.pop();
    if (last !== undefined && last !== first) {
      this.#heap[0] = last;
      this.#sink();
    }
    return first.item;
  }

  #rise(from: number): void {
    for (let index = from; index > 0; ) {
      const parent = (index - 1) >> 1;
      if (!this.#isBefore(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #sink(): void {
    for (let index = 0; ; ) {
      const left = 2 * index + 1;
      const smaller = this.#isBefore(left + 1, left) ? left + 1 : left;
      if (!this.#isBefore(smaller, index)) return;
      this.#swap(smaller, index);
      index = smaller;
    }
  }

  #isBefore(left: number, right: number): boolean {
    const [one, other] = [this.#heap[left], this.#heap[right]];
    if (one === undefined || other === undefined) return false;
    return one.dueAt === other.dueAt ? one.number < other.number : one.dueAt < other.dueAt;
  }

  #swap(left: number, right: number): void {
    const [one, other] = [this.#heap[left], this.#heap[right]];
    if (one === undefined || other === undefined) return;
    this.#heap[left] = other;
    this.#heap[right] = one;
  }
}
