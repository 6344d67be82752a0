/** A line of an event file that has no outcome yet. */
export interface PendingLine {
  readonly line: number;
  readonly id: string | undefined;
  /** Lines of one key go one after the other. */
  readonly key: string;
  readonly kind: 'event' | 'command';
  readonly body: unknown;
}

/**
 * Lines without an outcome. Of those with one key the first is under way, and the others stand
 * behind it in file order.
 */
export class PendingLines {
  readonly #underWay = new Map<number, PendingLine>();
  readonly #behind = new Map<string, PendingLine[]>();
  #size = 0;

  /** All of them: under way and behind. */
  get size(): number {
    return this.#size;
  }

  underWay(): PendingLine[] {
    return [...this.#underWay.values()];
  }

  find(line: number): PendingLine | undefined {
    return this.#underWay.get(line);
  }

  /** Whether the line is under way at once. */
  add(pending: PendingLine): boolean {
    this.#size += 1;
    const behind = this.#behind.get(pending.key);
    if (behind !== undefined) {
      behind.push(pending);
      return false;
    }
    this.#behind.set(pending.key, []);
    this.#underWay.set(pending.line, pending);
    return true;
  }

  /** Takes a line out; returns the next of its key, which is under way from now on. */
  settle(pending: PendingLine): PendingLine | undefined {
    if (!this.#underWay.delete(pending.line)) return undefined;
    this.#size -= 1;
    const next = this.#behind.get(pending.key)?.shift();
    if (next === undefined) this.#behind.delete(pending.key);
    else this.#underWay.set(next.line, next);
    return next;
  }
}
