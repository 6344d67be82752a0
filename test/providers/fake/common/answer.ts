/** What a route answers; the body is stringified with its numbers exact. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function answered(body: unknown, status = 200): Answer {
  return { status, body };
}

/** An answer as it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly text: string;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function wireOf({ status, body, headers = {} }: Answer): WireAnswer {
  return { status, text: JSON.stringify(body), contentType: 'application/json', headers };
}

/** A page, garbage, or half of what it was; `way` is 0, 1 or 2. */
export function garbled(wire: WireAnswer, way: number): WireAnswer {
  const page = '<!doctype html><title>Back soon</title>';
  const texts = [page, '\u0000\u0001{"id"', wire.text.slice(0, wire.text.length / 2)];
  return { ...wire, contentType: 'text/html', text: texts[way] ?? page };
}
