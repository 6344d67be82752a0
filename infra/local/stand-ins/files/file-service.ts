import type { WireHandler, WireRequest, WireResponse } from '../wire.ts';
import { FileServiceError, listingOf, refusalOf, versionsOf } from './answers.ts';
import { isObjectKey, type ObjectFolder, type StoredObject } from './object-folder.ts';
import { checksumOf, sentBody } from './sent-body.ts';

/** In the state folder: objects have their keys for paths below it. */
export const filesFolder = 'files';

/** Of one upload; the files that are exchanged are smaller. */
export const maximumFileBytes = 64 * 1024 * 1024;
export const fileTooLarge: WireResponse = refusalOf({
  code: 'EntityTooLarge',
  message: `An upload has ${maximumFileBytes} bytes at most.`,
});

const mostKeysOfPage = 1000;

/** What would change the meaning of a request, and has no effect here. */
const unread = [
  ...['range', 'if-modified-since', 'if-unmodified-since'],
  ...['x-amz-copy-source', 'x-amz-tagging', 'x-amz-acl'],
];

export interface FileServiceSettings {
  /** The bucket that there is, addressed by path: `http://127.0.0.1:PORT/BUCKET/KEY`. */
  readonly bucket: string | undefined;
  readonly folder: ObjectFolder;
}

/**
 * Stands in for S3: lists, reads, writes and removes objects, which lie as files in a folder. What
 * it does not know it refuses, and says so. Requests are not authenticated.
 */
export function fileService(settings: FileServiceSettings): WireHandler {
  return async (request) => {
    try {
      return await answer(settings, request);
    } catch (error) {
      if (error instanceof FileServiceError) return refusalOf(error);
      throw error;
    }
  };
}

async function answer(
  { bucket, folder }: FileServiceSettings,
  request: WireRequest,
): Promise<WireResponse> {
  const { method, headers } = request;
  const asked = readTarget(request.path);
  if (bucket === undefined || asked.bucket !== bucket) {
    throw new FileServiceError('NoSuchBucket', 'There is no such bucket here.');
  }
  const ignored = unread.find((name) => headers[name] !== undefined);
  if (ignored !== undefined)
    throw new FileServiceError('NotImplemented', `${ignored} is not read.`);
  if (asked.key === '') return list({ ...asked, method, folder });
  requireParameters(asked.query, objectParameters);
  const { key } = asked;
  if (!isObjectKey(key)) {
    throw new FileServiceError('InvalidArgument', 'No file can have such a name on this machine.');
  }
  const act = acts[method];
  if (act === undefined) throw new FileServiceError('NotImplemented', `${method} is not served.`);
  const wanted = headers['if-match'];
  if (wanted !== undefined) requireMatch(wanted, await folder.read(key));
  const unwanted = headers['if-none-match'];
  if (unwanted !== undefined) requireNone(`${method} ${unwanted}`, await folder.read(key));
  return act({ folder, key, request });
}

interface Target {
  readonly bucket: string;
  /** Empty: the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
}

/** By hand: `URL` would walk along dots in the path. */
function readTarget(path: string): Target {
  const [location = '', query = ''] = path.split('?', 2);
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(location) ?? [];
  try {
    return { bucket, key: decodeURIComponent(key), query: new URLSearchParams(query) };
  } catch {
    throw new FileServiceError('InvalidURI', 'The address is not percent-encoded UTF-8.');
  }
}

const objectParameters = ['x-id'];
const versionParameters = ['versions', 'prefix', 'max-keys'];
const listParameters = ['list-type', 'prefix', 'max-keys', 'continuation-token', 'x-id'];

function requireParameters(query: URLSearchParams, known: readonly string[]): void {
  const other = [...query.keys()].find((name) => !known.includes(name));
  if (other !== undefined) throw new FileServiceError('NotImplemented', `${other} is not read.`);
}

interface ListRequest extends Target {
  readonly method: string;
  readonly folder: ObjectFolder;
}

async function list({ bucket, query, method, folder }: ListRequest): Promise<WireResponse> {
  const prefix = query.get('prefix') ?? '';
  if (method === 'GET' && query.has('versions')) {
    requireParameters(query, versionParameters);
    const keys = await folder.keysEver(prefix);
    const found = keys.map(async (key) => ({ key, object: await folder.read(key) }));
    return versionsOf({ bucket, prefix }, await Promise.all(found));
  }
  if (method !== 'GET' || query.get('list-type') !== '2') {
    throw new FileServiceError('NotImplemented', 'Of a bucket, its two lists alone are served.');
  }
  requireParameters(query, listParameters);
  const asked = Number(query.get('max-keys') ?? mostKeysOfPage);
  if (!Number.isInteger(asked) || asked < 0) {
    throw new FileServiceError('InvalidArgument', 'max-keys is a whole number.');
  }
  const mostKeys = Math.min(asked, mostKeysOfPage);
  const left = await keysAfter(folder, prefix, query.get('continuation-token'));
  const page = left.slice(0, mostKeys);
  const found = await Promise.all(page.map((key) => folder.read(key)));
  const last = page.at(-1);
  const isLast = left.length <= page.length || last === undefined;
  const next = isLast ? undefined : Buffer.from(last).toString('base64url');
  const objects = found.filter((object) => object !== undefined);
  return listingOf({ bucket, prefix, mostKeys, objects, next });
}

/** A token is the last key before. */
async function keysAfter(folder: ObjectFolder, prefix: string, token: string | null) {
  const keys = await folder.keys(prefix);
  if (token === null) return keys;
  const before = Buffer.from(token, 'base64url');
  return keys.filter((key) => Buffer.compare(Buffer.from(key), before) > 0);
}

interface Act {
  readonly folder: ObjectFolder;
  readonly key: string;
  readonly request: WireRequest;
}

const acts: Readonly<Record<string, (act: Act) => Promise<WireResponse>>> = {
  GET: async ({ folder, key }) => {
    const found = requireFound(await folder.read(key));
    return {
      status: 200,
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': `${found.body.length}`,
        'last-modified': found.modifiedAt.toUTCString(),
        'x-amz-checksum-crc32': checksumOf(found.body),
        etag: `"${found.tag}"`,
      },
      body: found.body,
    };
  },
  PUT: async ({ folder, key, request }) => {
    const tag = await folder.write(key, sentBody(request));
    return { status: 200, headers: { etag: `"${tag}"` } };
  },
  DELETE: async ({ folder, key }) => {
    await folder.remove(key);
    return { status: 204 };
  },
};

function requireMatch(wanted: string, found: StoredObject | undefined): void {
  const { tag } = requireFound(found);
  if (wanted === '*' || wanted === tag || wanted === `"${tag}"`) return;
  throw new FileServiceError('PreconditionFailed', 'The object is another one by now.');
}

function requireNone(asked: string, found: StoredObject | undefined): void {
  if (asked !== 'PUT *') throw new FileServiceError('NotImplemented', 'if-none-match is not read.');
  if (found === undefined) return;
  throw new FileServiceError('PreconditionFailed', 'There is such an object.');
}

function requireFound(found: StoredObject | undefined): StoredObject {
  if (found === undefined) throw new FileServiceError('NoSuchKey', 'There is no such object.');
  return found;
}
