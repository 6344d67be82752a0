import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
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

/** The folders are what keys of a bucket begin with. */
export function createFileExchange({
  bucket: Bucket,
  client,
}: {
  readonly client: S3Client;
  readonly bucket: string;
}): FileExchange {
  return {
    async *names(folder) {
      const Prefix = `${folder}/`;
      let ContinuationToken: string | undefined;
      do {
        const command = new ListObjectsV2Command({
          ...{ Bucket, Prefix },
          ...(ContinuationToken !== undefined && { ContinuationToken }),
        });
        const page = await told('list', client.send(command));
        for (const { Key = '' } of page.Contents ?? []) {
          const name = Key.slice(Prefix.length);
          // Consoles put an empty object where they show a folder.
          if (name !== '') yield name;
        }
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
    },
    async read(folder, name) {
      const command = new GetObjectCommand({ Bucket, Key: keyOf(folder, name) });
      const answer = await told('get', client.send(command), ['NoSuchKey', 'NotFound']);
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
    async put(folder, name, content) {
      const Body = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      invariant(Body.length <= largestFileBytes, 'A file is at most 32 MB.');
      const ContentType = name.endsWith('.xml') ? 'application/xml' : 'text/plain; charset=utf-8';
      const file = { Bucket, Key: keyOf(folder, name), Body, ContentType };
      await told('put', client.send(new PutObjectCommand(file)));
    },
    async remove({ folder, name, version }) {
      const Key = keyOf(folder, name);
      const command = new DeleteObjectCommand({ Bucket, Key, IfMatch: version });
      await told('delete', client.send(command), replaced);
    },
  };
}

/** What has come under the name since stays; or somebody else was faster. */
const replaced = ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey', 'NotFound'];

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
