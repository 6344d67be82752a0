import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export interface WireRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

export type WireHandler = (request: WireRequest) => WireResponse | Promise<WireResponse>;

export interface WireServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  stop(): Promise<void>;
}

export interface WireSettings {
  readonly handler: WireHandler;
  readonly maximumBodyBytes: number;
  /** Answer to a body that is larger; the connection closes after it. */
  readonly tooLarge: WireResponse;
  readonly onError: (error: unknown) => void;
}

/** Serves HTTP on a free port of the loopback interface. */
export async function serve(settings: WireSettings): Promise<WireServer> {
  const server = createServer({ keepAliveTimeout: 30_000 }, (incoming, outgoing) => {
    answer(incoming, settings).then(
      (response) => send(outgoing, response),
      (error: unknown) => {
        settings.onError(error);
        send(outgoing, { status: 500, body: '{"message":"Internal Server Error"}' });
      },
    );
  });
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

async function answer(incoming: IncomingMessage, settings: WireSettings): Promise<WireResponse> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += (chunk as Buffer).length;
    if (bytes > settings.maximumBodyBytes) return settings.tooLarge;
    chunks.push(chunk as Buffer);
  }
  const { method = 'GET', url = '/', headers } = incoming;
  return settings.handler({ method, path: url, headers, body: Buffer.concat(chunks) });
}

function send(outgoing: ServerResponse, { status, headers, body }: WireResponse): void {
  outgoing.writeHead(status, { 'x-amzn-requestid': randomUUID(), ...headers });
  outgoing.end(body);
}
