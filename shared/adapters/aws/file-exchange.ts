import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { isFileName, largestFileBytes } from '../../domain/payout/file-name.ts';
import { invariant } from '../../domain/result.ts';
import type { FileExchange, FileFolder } from '../../ports/file-exchange.ts';

/** Says which call, and nothing of the file: S3's own messages quote keys. */
export class FileExchangeError extends Error {
  override readonly name = 'FileExchangeError';
  readonly code: string;

  constructor(call: string, code: string) {
    super(`The bucket of files did not answer ${call} as it should.`);
    this.code = code;
  }
}

interface FilesBucket {
  readonly client: S3Client;
  readonly bucket: string;
}

/** The folders are what keys of a bucket begin with. */
export function createFileExchange(files: FilesBucket): FileExchange {
  return { ...incomingOf(files), ...outgoingOf(files) };
}

/** May be read and taken away; listed by name. */
function incomingOf({ bucket: Bucket, client }: FilesBucket) {
  const list = (Prefix: string, rest: { ContinuationToken?: string; MaxKeys?: number }) =>
    told('list', client.send(new ListObjectsV2Command({ Bucket, Prefix, ...rest })));

  /**
   * What is not there is refused, not missed, to whoever may not list the whole bucket
   * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html): the list of its name
   * alone tells that from a right that is missing.
   */
  async function gone<Answer>(call: string, Key: string, answer: Promise<Answer>) {
    try {
      return await told(call, answer, missing);
    } catch (error) {
      const isRefused = error instanceof FileExchangeError && error.code === 'AccessDenied';
      if (!isRefused) throw error;
      const { Contents = [] } = await list(Key, { MaxKeys: 1 });
      if (Contents.some((found) => found.Key === Key)) throw error;
      return undefined;
    }
  }

  return {
    async *names(folder: FileFolder) {
      const prefix = `${folder}/`;
      let ContinuationToken: string | undefined;
      do {
        const page = await list(
          prefix,
          ContinuationToken === undefined ? {} : { ContinuationToken },
        );
        for (const { Key = '' } of page.Contents ?? []) {
          const name = Key.slice(prefix.length);
          // Consoles put an empty object where they show a folder.
          if (name !== '') yield name;
        }
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
    },
    async read(folder, name) {
      const Key = keyOf(folder, name);
      const answer = await gone('get', Key, client.send(new GetObjectCommand({ Bucket, Key })));
      if (answer === undefined) return 'gone';
      const { Body, ContentLength, ETag } = answer;
      if (Body === undefined || ETag === undefined || ContentLength === undefined) {
        throw new FileExchangeError('get', 'Incomplete');
      }
      if (ContentLength > largestFileBytes) {
        (Body as { destroy?: () => void }).destroy?.();
        return 'tooLarge';
      }
      const bytes = await told('get', Body.transformToByteArray());
      return { folder, name, bytes, version: ETag };
    },
    async remove({ folder, name, version }) {
      const Key = keyOf(folder, name);
      const command = new DeleteObjectCommand({ Bucket, Key, IfMatch: version });
      await gone('delete', Key, client.send(command));
    },
  } satisfies Partial<FileExchange>;
}

/** May be put, and looked for by name, also where it has been taken away. */
function outgoingOf({ bucket: Bucket, client }: FilesBucket) {
  const put = (file: { Key: string; Body: Uint8Array; IfNoneMatch?: string }) => {
    invariant(file.Body.length <= largestFileBytes, 'A file is at most 32 MB.');
    const isXml = file.Key.endsWith('.xml');
    const ContentType = isXml ? 'application/xml' : 'text/plain; charset=utf-8';
    return client.send(new PutObjectCommand({ Bucket, ContentType, ...file }));
  };

  /** `false`: there never was one. Of a plain upload the tag is the MD5 of its content. */
  async function hasBeen(Key: string, Body: Uint8Array): Promise<boolean> {
    const command = new ListObjectVersionsCommand({ Bucket, Prefix: Key, MaxKeys: mostVersions });
    const { DeleteMarkers = [], Versions = [] } = await told('versions', client.send(command));
    const versions = Versions.filter((version) => version.Key === Key);
    const tag = createHash('md5').update(Body).digest('hex');
    const isOther = versions.every(({ ETag }) => ETag?.replaceAll('"', '') !== tag);
    if (versions.length > 0 && isOther) throw new FileExchangeError('versions', 'OtherContent');
    return versions.length > 0 || DeleteMarkers.some((marker) => marker.Key === Key);
  }

  return {
    async put(folder, name, content) {
      await told('put', put({ Key: keyOf(folder, name), Body: bytesOf(content) }));
    },
    async putOnce(folder, name, content) {
      const file = { Key: keyOf(folder, name), Body: bytesOf(content) };
      if (await hasBeen(file.Key, file.Body)) return;
      // Only what is there now: whoever takes files at once is why versions are looked at first.
      const putting = put({ ...file, IfNoneMatch: '*' });
      const isPut = await told('put', putting, ['PreconditionFailed']);
      if (isPut === undefined) await hasBeen(file.Key, file.Body);
    },
  } satisfies Partial<FileExchange>;
}

/** A key that is asked for whole comes first, its newest version before the others. */
const mostVersions = 20;

/** What has come under the name since stays; or somebody else was faster. */
const missing = ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey', 'NotFound'];

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function keyOf(folder: FileFolder, name: string): string {
  invariant(isFileName(name), 'A file of this name is not exchanged.');
  return `${folder}/${name}`;
}

function told<Answer>(call: string, answer: Promise<Answer>): Promise<Answer>;
function told<Answer>(
  call: string,
  answer: Promise<Answer>,
  expected: readonly string[],
): Promise<Answer | undefined>;
async function told<Answer>(
  call: string,
  answer: Promise<Answer>,
  expected: readonly string[] = [],
): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    const code = error instanceof Error ? error.name : 'Unknown';
    if (expected.includes(code)) return undefined;
    throw new FileExchangeError(call, code);
  }
}
