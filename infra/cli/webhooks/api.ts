import * as z from 'zod';
import { UsageError } from '../exit.ts';
import { reasonOf } from '../import/system-reason.ts';
import { localToken } from '../token.ts';

/** Where the API is, of which program, and who asks. */
export interface ApiAccess {
  readonly api: string;
  readonly program: string;
  /** Without it, one is signed that only the local stack accepts. */
  readonly token?: string;
}

export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below what is asked of the program. */
  readonly path?: string;
  readonly key?: string;
  readonly body?: unknown;
}

/** A refusal of the API: its code and sentence. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
}

const problem = z.object({ code: z.string(), title: z.string() });

/** Asks the routes of webhooks. Throws an ApiRefusal, or a UsageError where nobody answers. */
export function askWebhooks(access: ApiAccess, call: ApiCall): Promise<unknown> {
  return askProgram(access, { ...call, path: `/webhooks${call.path ?? ''}` });
}

/** Asks the routes of a program. Throws as `askWebhooks` does. */
export async function askProgram(access: ApiAccess, call: ApiCall): Promise<unknown> {
  const { api, program } = access;
  const { method, path = '', key, body } = call;
  const base = api.endsWith('/') ? api : `${api}/`;
  const url = URL.parse(`v1/programs/${encodeURIComponent(program)}${path}`, base);
  if (url === null) throw new UsageError('--api takes the address of the API.');
  const token = access.token ?? (await localIntegrator(program));
  const response = await answerOf(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.ok) return text === '' ? undefined : JSON.parse(text);
  const refused = problem.safeParse(parsed(text));
  const { code, title } = refused.success
    ? refused.data
    : { code: `HTTP_${response.status}`, title: 'The API did not say why.' };
  throw new ApiRefusal(`${code}: ${title}`);
}

function localIntegrator(program: string): Promise<string> {
  return localToken({ program, subject: 'webhooks-command', scope: 'integrator' });
}

async function answerOf(url: URL, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    const reason = reasonOf((error as Error).cause ?? error);
    throw new UsageError(`The API at ${url.origin} gives no answer (${reason}).`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
