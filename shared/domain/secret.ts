/** A code, link or token: cash. It prints as a mask wherever it is not revealed on purpose (P7). */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself: only to seal it, or to show it to the person it belongs to. */
  reveal(): string {
    return this.#value;
  }

  /** A longer secret that holds this one, such as a link with a token. */
  within(before: string, after = ''): Secret {
    return new Secret(before + this.#value + after);
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}
