/** A number as it stood in a reply: its digits are kept, no float is made of them (P5). */
export class WireNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * The language version that we compile against does not know `JSON.rawJSON` yet; Node 22 and later
 * do.
 */
const rawJson = (JSON as unknown as { readonly rawJSON: (text: string) => unknown }).rawJSON;

/** Prints the decimal text as a JSON number literal, digit by digit, when it is stringified. */
export function exactNumber(decimalText: string): unknown {
  return rawJson(decimalText);
}

/** JSON with every number as a `WireNumber`; throws a `SyntaxError` as `JSON.parse` does. */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, keepDigits);
}

/** The same of bytes that are UTF-8; `undefined` for what is no JSON. */
export function exactJsonOf(bytes: Uint8Array): unknown {
  try {
    return parseExactJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number') return value;
  return new WireNumber(context?.source ?? '');
}
