import { serve, type WireRequest, type WireResponse, type WireServer } from './wire.ts';

/** An error as AWS services answer it: `code` is the name that SDK clients throw. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Takes the input of an operation and returns its output, both as in the service's JSON. */
export type Operation = (input: unknown) => object;

/** By `x-amz-target` of the JSON protocols, or by `METHOD /path` of a REST service. */
export type Operations = Readonly<Record<string, Operation>>;

const maximumBodyBytes = 12 * 1024 * 1024;

/** Serves the stand-ins of AWS services on one port; requests are not authenticated. */
export function serveServices(
  operations: Operations,
  log: (line: string) => void,
): Promise<WireServer> {
  const services = new Map(Object.entries(operations));
  return serve({
    maximumBodyBytes,
    tooLarge: failure(new ServiceError('RequestEntityTooLarge', 'The body is too large.', 413)),
    onError: (error) => log(`A local service failed: ${String(error)}`),
    handler: (request) => answer(services, request),
  });
}

function answer(services: ReadonlyMap<string, Operation>, request: WireRequest): WireResponse {
  const target = request.headers['x-amz-target'];
  const name = typeof target === 'string' ? target : `${request.method} ${request.path}`;
  const operation = services.get(name);
  if (operation === undefined) {
    return failure(new ServiceError('UnknownOperationException', `${name} is not served here.`));
  }
  try {
    const output = operation(JSON.parse(request.body.toString('utf8') || '{}'));
    return { status: 200, headers: contentType, body: JSON.stringify(output) };
  } catch (error) {
    if (error instanceof ServiceError) return failure(error);
    throw error;
  }
}

const contentType = { 'content-type': 'application/x-amz-json-1.1' };

function failure({ code, message, status }: ServiceError): WireResponse {
  return {
    status,
    headers: { ...contentType, 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  };
}
