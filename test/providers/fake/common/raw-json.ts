/** A JSON number kept as its digits: the fake never makes a float of an amount. */
export interface RawNumber {
  readonly rawJSON: string;
}

const json = JSON as unknown as {
  readonly rawJSON: (text: string) => RawNumber;
  readonly isRawJSON: (value: unknown) => value is RawNumber;
};

export function rawNumber(text: string): RawNumber {
  return json.rawJSON(text);
}

export function isRawNumber(value: unknown): value is RawNumber {
  return json.isRawJSON(value);
}

/** `undefined` for what is no JSON; numbers keep their digits and print them again. */
export function parseRaw(text: string): unknown {
  const keep = (_key: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' ? rawNumber(context?.source ?? '0') : value;
  try {
    return JSON.parse(text, keep);
  } catch {
    return undefined;
  }
}

/** Equal texts for equal JSON values: keys sorted, `12.50` the same as `12.5`. */
export function canonicalText(value: unknown): string {
  if (isRawNumber(value)) {
    const [whole = '', fraction = ''] = value.rawJSON.split('.');
    const rest = fraction.replace(/0+$/, '');
    return rest === '' ? whole : `${whole}.${rest}`;
  }
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalText(field)}`)}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
