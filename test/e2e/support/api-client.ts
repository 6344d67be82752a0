import { localToken } from '../../../infra/cli/token.ts';

export const programName = 'online-retail';

export interface Answered {
  readonly status: number;
  readonly text: string;
  /** An empty object where the answer was no JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Asked {
  readonly body?: unknown;
  /** Text that goes as it is, instead of a body. */
  readonly text?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Scope = Parameters<typeof localToken>[0]['scope'];

/** The HTTP API as one caller sees it. */
export class ApiClient {
  readonly #origin: string;
  readonly #token: string | undefined;

  constructor(origin: string, token?: string) {
    this.#origin = origin;
    this.#token = token;
  }

  /** Somebody with a token for a program, the sample's unless another is named. */
  static async of(
    origin: string,
    caller: { readonly scope: Scope; readonly subject: string; readonly program?: string },
  ): Promise<ApiClient> {
    const { scope, subject, program = programName } = caller;
    return new ApiClient(origin, await localToken({ program, subject, scope }));
  }

  /** `path` begins with a slash. */
  async send(method: Method, path: string, asked: Asked = {}): Promise<Answered> {
    const { body, key, headers = {} } = asked;
    const sent = asked.text ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(new URL(path, this.#origin), {
      method,
      redirect: 'manual',
      headers: {
        ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
        ...(sent !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...headers,
      },
      ...(sent !== undefined && { body: sent }),
    });
    const text = await response.text();
    return { status: response.status, text, body: objectIn(text) };
  }

  /** The same, of a member of the sample program. */
  member(method: Method, member: string, rest: string, asked: Asked = {}): Promise<Answered> {
    const path = `/v1/programs/${programName}/members/${encodeURIComponent(member)}${rest}`;
    return this.send(method, path, asked);
  }
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
