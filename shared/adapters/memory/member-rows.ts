import type { Rows } from './memory-table.ts';

/** Values by key that are found by their member too, in memory. */
export class MemberRows<Value extends { readonly member: string }> implements Rows<Value> {
  readonly #rows = new Map<string, Value>();
  readonly #byMember = new Map<string, Map<string, Value>>();

  get(key: string): Value | undefined {
    return this.#rows.get(key);
  }

  has(key: string): boolean {
    return this.#rows.has(key);
  }

  set(key: string, value: Value): void {
    this.#rows.set(key, value);
    const own = this.#byMember.get(value.member) ?? new Map<string, Value>();
    own.set(key, value);
    this.#byMember.set(value.member, own);
  }

  delete(key: string): boolean {
    const value = this.#rows.get(key);
    if (value !== undefined) this.#byMember.get(value.member)?.delete(key);
    return this.#rows.delete(key);
  }

  values(): Iterable<Value> {
    return this.#rows.values();
  }

  of(member: string): Iterable<Value> {
    return this.#byMember.get(member)?.values() ?? [];
  }
}
