import { readFileSync } from 'node:fs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signLocalToken } from '../../infra/local/signing-key.ts';
import { type BusEvent, type LocalStack, startLocalStack } from '../../infra/local/stack.ts';
import { writeAssembly } from './fixture-assembly.ts';
import { folderUntil } from './temporary-folder.ts';

type Printed = Record<string, unknown>;

let stack: LocalStack;
let client: { region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
let printed: Printed[] = [];
let events: BusEvent[] = [];
const folder = folderUntil(afterAll);

beforeAll(async () => {
  stack = await startLocalStack({
    assemblyDirectory: writeAssembly(folder),
    clockOffsetMs: 1234,
    secrets: { 'fixture/given': { user: 'u' } },
    log: () => undefined,
  });
  stack.onFunctionLog((_, record) => printed.push(record));
  stack.onBusEvent((event) => events.push(event));
  const { AWS_REGION: region = '' } = stack.clientEnvironment;
  client = { region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}, 60_000);

afterAll(() => stack?.stop(), 30_000);

beforeEach(() => {
  printed = [];
  events = [];
});

const endpoint = (service: string) => ({
  ...client,
  endpoint: stack.clientEnvironment[`AWS_ENDPOINT_URL_${service}`] ?? '',
});

async function put(details: object[]): Promise<unknown[]> {
  const { EventBusName, Source, DetailType } = {
    ...{ EventBusName: stack.outputs.BusName, Source: 'test', DetailType: 'work' },
  };
  const Entries = details.map((detail) => ({
    ...{ EventBusName, Source, DetailType },
    Detail: JSON.stringify(detail),
  }));
  const bus = new EventBridgeClient(endpoint('EVENTBRIDGE'));
  return (await bus.send(new PutEventsCommand({ Entries }))).Entries ?? [];
}

const of = (name: string) => printed.filter((record) => name in record);

describe('bus, queue and function', () => {
  it('carries what a rule matches, in batches, and tells listeners', async () => {
    const details = Array.from({ length: 10 }, (_, index) => ({
      id: `a${index}`,
      action: 'succeed',
    }));
    await put([...details.slice(0, 9), { id: 'unmatched' }]);
    await stack.drain();
    expect(
      of('worked')
        .map(({ worked }) => worked)
        .sort(),
    ).toEqual(details.slice(0, 9).map(({ id }) => id));
    expect(events).toHaveLength(10);
    expect(events[0]).toMatchObject({
      source: 'test',
      'detail-type': 'work',
      detail: { id: 'a0' },
    });
  });

  it('refuses entries as the service does', async () => {
    const bus = new EventBridgeClient(endpoint('EVENTBRIDGE'));
    const good = { Source: 's', DetailType: 't', Detail: '{}', EventBusName: 'fixture' };
    const send = (Entries: object[]) => bus.send(new PutEventsCommand({ Entries }));
    const { Entries, FailedEntryCount } = await send([
      good,
      { ...good, Detail: '[]' },
      { ...good, Source: undefined },
      { ...good, EventBusName: 'other' },
      { ...good, Source: 'aws.s3' },
    ]);
    expect(FailedEntryCount).toBe(4);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'InvalidArgument',
      'ResourceNotFoundException',
      'NotAuthorizedForSourceException',
    ]);
    await expect(send(Array.from({ length: 11 }, () => good))).rejects.toThrow('entries');
    const large = { ...good, Detail: JSON.stringify({ a: 'x'.repeat(600_000) }) };
    await expect(send([large, large])).rejects.toThrow('size');
  });

  it('brings back only the messages that failed', async () => {
    await put([
      { id: 'b1', action: 'succeed' },
      { id: 'b2', action: 'failOnce' },
    ]);
    await stack.drain();
    const worked = of('worked').map(({ worked, receiveCount }) => `${worked} ${receiveCount}`);
    expect(worked.sort()).toEqual(['b1 1', 'b2 1', 'b2 2']);
    expect(await stack.deadLetterCount()).toBe(0);
  });

  it('ends a function that runs too long or dies, and dead-letters what keeps failing', async () => {
    await put([{ id: 'c1', action: 'hang' }]);
    await stack.drain();
    await put([{ id: 'c2', action: 'exit' }]);
    await put([{ id: 'c3', action: 'fail' }]);
    await stack.drain();
    expect(await stack.deadLetterCount()).toBe(3);
    await put([{ id: 'c4', action: 'succeed' }]);
    await stack.drain();
    expect(of('worked').some(({ worked }) => worked === 'c4')).toBe(true);
  }, 60_000);

  it('does not wait for appointments', async () => {
    const queues = new SQSClient(endpoint('SQS'));
    const MessageBody = JSON.stringify({ detail: { id: 'd1', action: 'succeed' } });
    const QueueUrl = stack.outputs.CheckUrl;
    await queues.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds: 900 }));
    await stack.drain();
    expect(of('worked')).toEqual([]);
    await queues.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await stack.drain();
    expect(of('worked')).toHaveLength(1);
  });
});

describe('stream', () => {
  it('hands new items that pass the filter to the reader, once and in order', async () => {
    const item = { k: { S: 'ENTRY' } };
    for (let index = 0; index < 5; index += 1) {
      await put([{ id: `e${index}`, action: 'write', item: index === 2 ? {} : item }]);
      await stack.drain();
    }
    expect(of('read').map(({ read }) => read)).toEqual(['e0', 'e1', 'e3', 'e4']);
  });

  it('gives up a record that is refused again and again, and goes on', async () => {
    const before = await stack.deadLetterCount();
    const item = { k: { S: 'ENTRY' } };
    await put([{ id: 'f0', action: 'write', item: { ...item, poison: { BOOL: true } } }]);
    await put([{ id: 'f1', action: 'write', item }]);
    await stack.drain();
    const read = of('read').map(({ read }) => read);
    expect(read.filter((id) => id === 'f0').length).toBeGreaterThanOrEqual(2);
    expect(read).toContain('f1');
    expect(await stack.deadLetterCount()).toBe(before + 1);
  });
});

describe('services', () => {
  it('keys are bound to their context', async () => {
    const keys = new KMSClient(endpoint('KMS'));
    const EncryptionContext = { program: 'p' };
    const KeyId = stack.outputs.KeyArn;
    const made = await keys.send(
      new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }),
    );
    const { CiphertextBlob } = made;
    const opened = await keys.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
    expect(opened.Plaintext).toEqual(made.Plaintext);
    const other = new DecryptCommand({ CiphertextBlob, EncryptionContext: { program: 'q' } });
    await expect(keys.send(other)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  it('secrets have the given value, or one made at random', async () => {
    const secrets = new SecretsManagerClient(endpoint('SECRETS_MANAGER'));
    const read = async (SecretId: string) => {
      const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
      return JSON.parse(SecretString ?? '');
    };
    expect(await read('fixture/given')).toEqual({ user: 'u' });
    const made = await read(stack.outputs.ClaimSecret ?? '');
    expect(made).toMatchObject({ a: 1, key: expect.stringMatching(/^.{32}$/) });
    await expect(read('missing')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('mail lands on a page that runs nothing', async () => {
    const mail = new SESv2Client(endpoint('SESV2'));
    const Data = '<script>alert(1)</script>';
    await mail.send(
      new SendEmailCommand({
        FromEmailAddress: 'a@example.com',
        Destination: { ToAddresses: ['b@example.com'] },
        Content: {
          Simple: {
            Subject: { Data },
            Body: { Text: { Data: 'see https://x.example/claim/1 now' }, Html: { Data } },
          },
        },
      }),
    );
    const get = (path: string, headers = {}) => fetch(`${stack.urls.mail}${path}`, { headers });
    const [sent] = (await (await get('/mails.json')).json()) as { id: string }[];
    const list = await (await get('/')).text();
    expect(list).toContain('&lt;script&gt;');
    expect(list).not.toContain('<script>');
    const view = await (await get(`/mails/${sent?.id}`)).text();
    expect(view).toContain('<a href="https://x.example/claim/1">');
    expect(view).toContain('<iframe title="The mail" sandbox=');
    const framed = await get(`/mails/${sent?.id}/html`);
    expect(framed.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups/);
    expect(framed.headers.get('content-security-policy')).not.toContain('allow-scripts');
  });

  it('schedules run when they are asked to', async () => {
    await stack.runSchedules();
    expect(of('ticked')).toEqual([{ ticked: 'tick' }]);
  });
});

describe('HTTP API', () => {
  const call = (path: string, init: RequestInit = {}) => fetch(`${stack.urls.api}${path}`, init);
  const token = (scope: string, issuer = 'https://issuer.example') =>
    signLocalToken({
      ...{ issuer, audience: 'fixture', subject: 's1', scope },
      claims: { program: 'p' },
      lifetimeSeconds: 60,
    });
  const bearer = (text: string) => ({ headers: { authorization: `Bearer ${text}` } });

  it('calls functions with payload 2.0 and answers with what they return', async () => {
    const response = await call('/open/a%20b?q=1&q=2', { method: 'POST', body: 'text' });
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const { event, variables } = (await response.json()) as Record<string, Printed>;
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /open/{id}',
      rawPath: '/open/a%20b',
      pathParameters: { id: 'a b' },
      queryStringParameters: { q: '1,2' },
      body: 'text',
      isBase64Encoded: false,
      requestContext: { http: { method: 'POST', path: '/open/a%20b' }, stage: '$default' },
    });
    expect(variables).toEqual({ offset: '1234', home: null });
  });

  it('wants a good token with the right scope', async () => {
    expect((await call('/closed/1')).status).toBe(401);
    expect(
      (await call('/closed/1', bearer(await token('member', 'https://x.example')))).status,
    ).toBe(401);
    expect((await call('/closed/1', bearer(await token('other')))).status).toBe(403);
    const response = await call('/closed/1', bearer(await token('member')));
    const { event } = (await response.json()) as { event: Printed };
    expect(event.requestContext).toMatchObject({
      authorizer: { jwt: { claims: { sub: 's1', program: 'p' }, scopes: ['member'] } },
    });
  });

  it('answers for itself where no function can', async () => {
    expect((await call('/nowhere')).status).toBe(404);
    expect((await call('/open/broken')).status).toBe(500);
    const body = 'x'.repeat(11 * 1024 * 1024);
    const large = await call('/open/1', { method: 'POST', body }).then(
      ({ status }) => status,
      () => 413,
    );
    expect(large).toBe(413);
  });
});

it('keeps the signing key to its owner', () => {
  const file = new URL('../../.guerdon/local-signing-key.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ kty: 'RSA' });
});
