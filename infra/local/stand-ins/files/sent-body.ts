import { crc32 } from 'node:zlib';
import type { WireRequest } from '../wire.ts';
import { FileServiceError } from './answers.ts';

const checksumHeader = 'x-amz-checksum-crc32';

/**
 * The content of an upload, without the chunks that it may come in, once it is what its checksum
 * says: SDK clients send one with every upload, as a header or after the last chunk.
 */
export function sentBody({ headers, body }: WireRequest): Buffer {
  const other = Object.keys(headers).find(
    (name) => name.startsWith('x-amz-checksum-') && name !== checksumHeader,
  );
  if (other !== undefined) throw new FileServiceError('NotImplemented', `${other} is not read.`);
  const isChunked = String(headers['content-encoding'] ?? '').includes('aws-chunked');
  const sent = isChunked ? unchunked(body) : { content: body, trailers: new Map() };
  const expected = headers[checksumHeader] ?? sent.trailers.get(checksumHeader);
  if (expected !== undefined && expected !== checksumOf(sent.content)) {
    throw new FileServiceError('BadDigest', 'The content is not what its checksum says.');
  }
  return sent.content;
}

/** CRC-32 as the service writes it: four bytes in base64. */
export function checksumOf(content: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(content));
  return bytes.toString('base64');
}

/**
 * Chunks with their lengths in hexadecimal, the last one empty, then headers:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
function unchunked(body: Buffer): { content: Buffer; trailers: ReadonlyMap<string, string> } {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const length = Number.parseInt(body.toString('latin1', at, Math.max(at, lineEnd)), 16);
    const from = lineEnd + 2;
    if (lineEnd < 0 || !(length >= 0) || from + length > body.length) {
      throw new FileServiceError('IncompleteBody', 'The chunks of the upload do not end.');
    }
    at = from + length;
    if (length === 0) break;
    chunks.push(body.subarray(from, at));
    at += 2;
  }
  const lines = body.toString('latin1', at).split('\r\n');
  const trailers = lines.flatMap((line) => {
    const [, name, value] = /^([^:]+):(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name.toLowerCase(), value?.trim() ?? ''] as const];
  });
  return { content: Buffer.concat(chunks), trailers: new Map(trailers) };
}
