import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { sdkStreamMixin } from '@smithy/core/serde';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import {
  createFileExchange,
  FileExchangeError,
} from '../../../../../shared/adapters/aws/file-exchange.ts';
import { InvariantError } from '../../../../../shared/domain/result.ts';

function start() {
  const mock = mockClient(S3Client);
  const exchange = createFileExchange({
    client: new S3Client({ region: 'eu-west-1' }),
    bucket: 'b',
  });
  return { mock, exchange };
}

const bodyOf = (text: string) => sdkStreamMixin(Readable.from([Buffer.from(text)]));
const refused = (name: string) => {
  const message = 'bank/incoming/DE89370400440532013000.xml';
  return new S3ServiceException({ name, message, $fault: 'client', $metadata: {} });
};

describe('the bucket of files', () => {
  it('names what lies in a folder, page by page, and no folder', async () => {
    const { mock, exchange } = start();
    mock
      .on(ListObjectsV2Command)
      .resolvesOnce({
        Contents: [{ Key: 'bank/incoming/' }, { Key: 'bank/incoming/a.xml' }],
        NextContinuationToken: 'next',
      })
      .resolvesOnce({ Contents: [{ Key: 'bank/incoming/sub/b.xml' }] });
    const names: string[] = [];
    for await (const name of exchange.names('bank/incoming')) names.push(name);
    expect(names).toEqual(['a.xml', 'sub/b.xml']);
    const asked = mock.commandCalls(ListObjectsV2Command).map(({ args: [{ input }] }) => input);
    const first = { Bucket: 'b', Prefix: 'bank/incoming/' };
    expect(asked).toEqual([first, { ...first, ContinuationToken: 'next' }]);
  });

  it('reads a file with what tells it from the next one of its name', async () => {
    const { mock, exchange } = start();
    const answer = { Body: bodyOf('<a/>'), ContentLength: 4, ETag: '"e1"' };
    mock.on(GetObjectCommand, { Bucket: 'b', Key: 'bank/incoming/a.xml' }).resolves(answer);
    const file = await exchange.read('bank/incoming', 'a.xml');
    const bytes = new Uint8Array(Buffer.from('<a/>'));
    const found = { folder: 'bank/incoming', name: 'a.xml', bytes, version: '"e1"' };
    expect(file).toEqual(found);
    mock.on(DeleteObjectCommand).resolves({});
    if (typeof file === 'object') await exchange.remove(file);
    expect(mock.commandCalls(DeleteObjectCommand)[0]?.args[0].input).toEqual({
      ...{ Bucket: 'b', Key: 'bank/incoming/a.xml', IfMatch: '"e1"' },
    });
  });

  it('tells what is gone, and what is larger than any file may be', async () => {
    const { mock, exchange } = start();
    const ContentLength = 32 * 1024 * 1024 + 1;
    mock
      .on(GetObjectCommand)
      .rejectsOnce(new NoSuchKey({ message: '', $metadata: {} }))
      .resolvesOnce({ Body: bodyOf('x'), ContentLength, ETag: 'e' });
    expect(await exchange.read('bank/incoming', 'a.xml')).toBe('gone');
    expect(await exchange.read('bank/incoming', 'a.xml')).toBe('tooLarge');
  });

  it('puts texts and bytes, and takes no more than any file may have', async () => {
    const { mock, exchange } = start();
    mock.on(PutObjectCommand).resolves({});
    await exchange.put('bank/outgoing', 'f.xml', '<ü/>');
    await exchange.put('bank/refused', 'f.reason.txt', new Uint8Array([1]));
    const puts = mock.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input);
    expect(puts).toMatchObject([
      { Key: 'bank/outgoing/f.xml', ContentType: 'application/xml' },
      { Key: 'bank/refused/f.reason.txt', ContentType: 'text/plain; charset=utf-8' },
    ]);
    expect(Buffer.from(puts[0]?.Body as Uint8Array).toString()).toBe('<ü/>');
    const large = new Uint8Array(32 * 1024 * 1024 + 1);
    await expect(exchange.put('bank/outgoing', 'f.xml', large)).rejects.toThrow(InvariantError);
  });

  it('leaves what has come under the name of a file since', async () => {
    const { mock, exchange } = start();
    const file = { folder: 'bank/incoming', name: 'a.xml', version: 'e' } as const;
    for (const code of ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey']) {
      mock.on(DeleteObjectCommand).rejectsOnce(refused(code));
      await exchange.remove({ ...file, bytes: new Uint8Array() });
    }
    expect(mock.commandCalls(DeleteObjectCommand)).toHaveLength(3);
  });

  it('tells a file that is gone from one that it may not have', async () => {
    const { mock, exchange } = start();
    const file = { folder: 'bank/incoming', name: 'a.xml', version: 'e' } as const;
    mock.on(GetObjectCommand).rejects(refused('AccessDenied'));
    mock.on(DeleteObjectCommand).rejects(refused('AccessDenied'));
    mock.on(ListObjectsV2Command).resolves({ Contents: [{ Key: 'bank/incoming/a.xml.txt' }] });
    expect(await exchange.read('bank/incoming', 'a.xml')).toBe('gone');
    await exchange.remove({ ...file, bytes: new Uint8Array() });
    expect(mock.commandCalls(ListObjectsV2Command)[0]?.args[0].input).toEqual({
      ...{ Bucket: 'b', Prefix: 'bank/incoming/a.xml', MaxKeys: 1 },
    });
    mock.on(ListObjectsV2Command).resolves({ Contents: [{ Key: 'bank/incoming/a.xml' }] });
    const failing = exchange.read('bank/incoming', 'a.xml');
    await expect(failing).rejects.toMatchObject({ code: 'AccessDenied' });
    const removing = exchange.remove({ ...file, bytes: new Uint8Array() });
    await expect(removing).rejects.toMatchObject({ code: 'AccessDenied' });
  });

  const Key = 'bank/outgoing/f.xml';
  // MD5 of `<a/>`.
  const ETag = '"f019ee9a03978aff9f9b78d0ddf3edb7"';

  it('puts a file once where nobody has ever put one of its name', async () => {
    const { mock, exchange } = start();
    mock.on(PutObjectCommand).resolves({});
    mock.on(ListObjectVersionsCommand).resolves({ Versions: [{ Key: `${Key}.txt`, ETag }] });
    await exchange.putOnce('bank/outgoing', 'f.xml', '<a/>');
    expect(mock.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
      ...{ Key, IfNoneMatch: '*', ContentType: 'application/xml' },
    });
    mock.on(PutObjectCommand).rejects(refused('PreconditionFailed'));
    await exchange.putOnce('bank/outgoing', 'f.xml', '<a/>');
    mock.on(PutObjectCommand).rejects(refused('ConditionalRequestConflict'));
    const failing = exchange.putOnce('bank/outgoing', 'f.xml', '<a/>');
    await expect(failing).rejects.toThrow(FileExchangeError);
  });

  it.each([
    ['lies there', { Versions: [{ Key, ETag }] }],
    ['was taken away', { Versions: [{ Key, ETag }], DeleteMarkers: [{ Key }] }],
    ['was taken away long ago', { DeleteMarkers: [{ Key }] }],
  ])('puts none over one that %s', async (_, versions) => {
    const { mock, exchange } = start();
    mock.on(ListObjectVersionsCommand).resolves(versions);
    await exchange.putOnce('bank/outgoing', 'f.xml', '<a/>');
    expect(mock.commandCalls(PutObjectCommand)).toEqual([]);
  });

  it('takes no other file of its name for it', async () => {
    const { mock, exchange } = start();
    mock.on(ListObjectVersionsCommand).resolves({ Versions: [{ Key, ETag }] });
    const failing = exchange.putOnce('bank/outgoing', 'f.xml', '<b/>');
    await expect(failing).rejects.toMatchObject({ code: 'OtherContent' });
  });

  it('says which call failed and how, and nothing of the file', async () => {
    const { mock, exchange } = start();
    mock.rejects(refused('SlowDown'));
    const failing = exchange.read('bank/incoming', 'a.xml');
    await expect(failing).rejects.toThrow(FileExchangeError);
    await expect(failing).rejects.toMatchObject({
      ...{ code: 'SlowDown', message: 'The bucket of files did not answer get as it should.' },
    });
  });

  it.each(['', '../a.xml', 'a/b.xml', '.hidden', 'ä.xml', 'a'.repeat(221)])(
    'asks for no file called %j',
    async (name) => {
      const { mock, exchange } = start();
      await expect(exchange.read('bank/incoming', name)).rejects.toThrow(InvariantError);
      await expect(exchange.put('bank/outgoing', name, 'x')).rejects.toThrow(InvariantError);
      expect(mock.calls()).toEqual([]);
    },
  );
});
