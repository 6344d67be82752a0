import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  fileService,
  fileTooLarge,
  maximumFileBytes,
} from '../../infra/local/stand-ins/files/file-service.ts';
import { ObjectFolder } from '../../infra/local/stand-ins/files/object-folder.ts';
import { serve } from '../../infra/local/stand-ins/wire.ts';
import { createFileExchange } from '../../shared/adapters/aws/file-exchange.ts';
import type { FileExchange, FileFolder } from '../../shared/ports/file-exchange.ts';
import { temporaryFolder } from './temporary-folder.ts';

const bucket = 'files';
let root: string;
let folder: string;
let origin: string;
let client: S3Client;

beforeEach(async () => {
  root = temporaryFolder();
  folder = join(root, 'objects');
  const server = await serve({
    handler: fileService({ bucket, folder: new ObjectFolder(folder) }),
    maximumBodyBytes: maximumFileBytes,
    tooLarge: fileTooLarge,
    onError: () => undefined,
  });
  ({ origin } = server);
  onTestFinished(() => server.stop());
  client = new S3Client({
    ...{ endpoint: origin, region: 'eu-west-1', maxAttempts: 1 },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  onTestFinished(() => client.destroy());
});

const put = (Key: string, Body: string | Readable, ContentLength?: number) =>
  client.send(
    new PutObjectCommand({ Bucket: bucket, Key, Body, ...(ContentLength && { ContentLength }) }),
  );
const get = async (Key: string) => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
  return Body?.transformToString();
};
const list = (change: object = {}) =>
  client.send(new ListObjectsV2Command({ Bucket: bucket, ...change }));
const names = (page: Awaited<ReturnType<typeof list>>) => page.Contents?.map(({ Key }) => Key);

/** As no client would send it. */
async function raw(method: string, path: string, headers = {}, body = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(origin), { method, path, headers }, async (answer) => {
      const text = (await answer.toArray()).map(String).join('');
      resolve(`${answer.statusCode} ${/<Code>(.*)<.Code>/.exec(text)?.[1] ?? text}`);
    });
    sent.on('error', reject).end(body);
  });
}

describe('objects', () => {
  it('are files that both sides see', async () => {
    const text = 'Zürich & <Söhne>\r\n';
    const { ETag } = await put('bank/outgoing/a b.xml', text);
    expect(readFileSync(join(folder, 'bank/outgoing/a b.xml'), 'utf8')).toBe(text);
    mkdirSync(join(folder, 'bank/incoming'));
    writeFileSync(join(folder, 'bank/incoming/r&d+ü.xml'), 'told');
    expect(await get('bank/incoming/r&d+ü.xml')).toBe('told');
    const page = await list();
    expect(names(page)).toEqual(['bank/incoming/r&d+ü.xml', 'bank/outgoing/a b.xml']);
    expect(page.Contents?.[1]).toMatchObject({ ETag, Size: Buffer.byteLength(text) });
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'bank/outgoing/a b.xml' }));
    expect(readdirSync(join(folder, 'bank/outgoing'))).toEqual([]);
    await expect(get('bank/outgoing/a b.xml')).rejects.toThrow('no such object');
  });

  it('come in chunks too, and only whole', async () => {
    const text = 'x'.repeat(200_000);
    await put(
      'bank/read/long',
      Readable.from([text.slice(0, 70_000), text.slice(70_000)]),
      200_000,
    );
    expect(await get('bank/read/long')).toBe(text);
    const wrong = { 'x-amz-checksum-crc32': 'AAAAAA==' };
    expect(await raw('PUT', '/files/bank/read/long', wrong, 'other')).toBe('400 BadDigest');
    const chunked = { 'content-encoding': 'aws-chunked' };
    expect(await raw('PUT', '/files/b', chunked, '5\r\nab')).toBe('400 IncompleteBody');
    expect(await get('bank/read/long')).toBe(text);
  });

  it('are listed by prefix, page by page, in the order of their bytes', async () => {
    expect(names(await list({ Prefix: 'bank/incoming/' }))).toBeUndefined();
    for (const key of ['b/2', 'b/10', 'b/ü', 'b/Z', 'a/1', 'b'])
      await put(key.replace(/^b$/, 'bb'), key);
    writeFileSync(join(folder, 'b', '.DS_Store'), '');
    const first = await list({ Prefix: 'b/', MaxKeys: 3 });
    expect([names(first), first.IsTruncated]).toEqual([['b/10', 'b/2', 'b/Z'], true]);
    const { NextContinuationToken: ContinuationToken } = first;
    const rest = await list({ Prefix: 'b/', MaxKeys: 3, ContinuationToken });
    expect([names(rest), rest.IsTruncated]).toEqual([['b/ü'], false]);
  });
});

describe('refuses', () => {
  it('names that lead out of the folder', async () => {
    writeFileSync(join(root, 'secret'), 'kept');
    const paths = ['../secret', '%2e%2e/secret', 'a/..%2F..%2Fsecret', 'a//b', '.hidden', 'a%5C..'];
    for (const path of [...paths, 'a%00b', `a/${'x'.repeat(256)}`]) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        expect(await raw(method, `/files/${path}`)).toBe('400 InvalidArgument');
      }
    }
    expect(await raw('GET', '/files/%ff')).toBe('400 InvalidURI');
    expect(names(await list({ Prefix: '../' }))).toBeUndefined();
    expect(readFileSync(join(root, 'secret'), 'utf8')).toBe('kept');
    expect(existsSync(folder)).toBe(false);
  });

  it('other buckets, calls and settings, by name', async () => {
    expect(await raw('GET', '/other/a')).toBe('404 NoSuchBucket');
    expect(await raw('GET', '/files/a')).toBe('404 NoSuchKey');
    expect(await raw('PUT', '/files')).toBe('501 NotImplemented');
    expect(await raw('POST', '/files/a')).toBe('501 NotImplemented');
    expect(await raw('GET', '/files/a?versionId=1')).toBe('501 NotImplemented');
    expect(await raw('GET', '/files?list-type=2&delimiter=/')).toBe('501 NotImplemented');
    expect(await raw('PUT', '/files/a', { 'if-none-match': 'x' })).toBe('501 NotImplemented');
    expect(await raw('GET', '/files/a', { 'if-none-match': '*' })).toBe('501 NotImplemented');
    expect(await raw('GET', '/files?versions&key-marker=a')).toBe('501 NotImplemented');
    expect(await raw('PUT', '/files/a', { 'x-amz-checksum-sha1': '' })).toBe('501 NotImplemented');
  });
});

async function namesIn(files: FileExchange, folder: FileFolder): Promise<string[]> {
  const names: string[] = [];
  for await (const name of files.names(folder)) names.push(name);
  return names;
}

it('takes a file once for the adapter of the functions, whoever has it by then', async () => {
  const files = createFileExchange({ bucket, client });
  await files.putOnce('bank/outgoing', 'a.xml', 'first');
  expect(await raw('PUT', '/files/bank/outgoing/a.xml', { 'if-none-match': '*' }, 'x')).toBe(
    '412 PreconditionFailed',
  );
  await files.putOnce('bank/outgoing', 'a.xml', 'first');
  await expect(files.putOnce('bank/outgoing', 'a.xml', 'other')).rejects.toThrow('versions');
  expect(readFileSync(join(folder, 'bank/outgoing/a.xml'), 'utf8')).toBe('first');
  rmSync(join(folder, 'bank/outgoing/a.xml'));
  await files.putOnce('bank/outgoing', 'a.xml', 'first');
  expect(await namesIn(files, 'bank/outgoing')).toEqual([]);
  await files.putOnce('bank/outgoing', 'a', 'a name that begins as the other does');
  expect(await namesIn(files, 'bank/outgoing')).toEqual(['a']);
});

it('is what the adapter of the functions expects', async () => {
  const files = createFileExchange({ bucket, client });
  expect(await files.read('bank/incoming', 'a.xml')).toBe('gone');
  await files.put('bank/incoming', 'a.xml', 'first');
  const found = await files.read('bank/incoming', 'a.xml');
  if (typeof found === 'string') throw new Error(found);
  expect(Buffer.from(found.bytes).toString()).toBe('first');
  await files.put('bank/incoming', 'a.xml', 'second');
  await files.remove(found);
  expect(await namesIn(files, 'bank/incoming')).toEqual(['a.xml']);
  const newer = await files.read('bank/incoming', 'a.xml');
  if (typeof newer === 'string') throw new Error(newer);
  await files.remove(newer);
  await files.remove(newer);
  expect(await namesIn(files, 'bank/incoming')).toEqual([]);
});
