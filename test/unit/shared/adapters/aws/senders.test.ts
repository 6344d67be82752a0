import { inspect } from 'node:util';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { MessageRejected, SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { createMailer } from '../../../../../shared/adapters/aws/mailer.ts';
import { createQueueSender } from '../../../../../shared/adapters/aws/queue-sender.ts';
import { createSecretReader, secretLifeMs } from '../../../../../shared/adapters/aws/secrets.ts';
import { InvariantError } from '../../../../../shared/domain/result.ts';
import { movableClock } from './fake-kms.ts';

const region = 'eu-west-1';

describe('the queue sender', () => {
  const start = () => {
    const mock = mockClient(SQSClient);
    mock.on(SendMessageCommand).resolves({});
    const sender = createQueueSender({ client: new SQSClient({ region }), queueUrl: 'https://q' });
    return {
      sender,
      sent: () => mock.commandCalls(SendMessageCommand).map((c) => c.args[0].input),
    };
  };

  it('sends JSON with the program as its group, and a delay where one is asked for', async () => {
    const { sender, sent } = start();
    await sender.send({ body: { a: 1 }, group: 'p' });
    await sender.send({ body: { a: '\uFFFE\uFFFF' }, group: 'p', delaySeconds: 900 });
    expect(sent()).toEqual([
      { QueueUrl: 'https://q', MessageBody: '{"a":1}', MessageGroupId: 'p' },
      {
        QueueUrl: 'https://q',
        MessageBody: '{"a":"\\ufffe\\uffff"}',
        MessageGroupId: 'p',
        DelaySeconds: 900,
      },
    ]);
  });

  it.each([-1, 1.5, 901])('refuses a delay of %d s', async (delaySeconds) => {
    const { sender, sent } = start();
    const sending = sender.send({ body: {}, group: 'p', delaySeconds });
    await expect(sending).rejects.toThrow(InvariantError);
    expect(sent()).toEqual([]);
  });
});

describe('the mailer', () => {
  const mail = { to: 'mia@example.com', subject: 'Ünique', text: 'text', html: '<p>html</p>' };
  const start = () => {
    const mock = mockClient(SESv2Client);
    mock.on(SendEmailCommand).resolves({});
    return {
      mock,
      mailer: createMailer({ client: new SESv2Client({ region }), from: 'us@x.test' }),
    };
  };

  it('sends text and HTML as UTF-8', async () => {
    const { mock, mailer } = start();
    await mailer.send(mail);
    expect(mock.commandCalls(SendEmailCommand)[0]?.args[0].input).toEqual({
      FromEmailAddress: 'us@x.test',
      Destination: { ToAddresses: ['mia@example.com'] },
      Content: {
        Simple: {
          Subject: { Data: 'Ünique', Charset: 'UTF-8' },
          Body: {
            Text: { Data: 'text', Charset: 'UTF-8' },
            Html: { Data: '<p>html</p>', Charset: 'UTF-8' },
          },
          Headers: [],
        },
      },
      EmailTags: [],
    });
  });

  it('carries name, headers and tags, and leaves out a tag that SES would refuse', async () => {
    const { mock } = start();
    const client = new SESv2Client({ region });
    const mailer = createMailer({ client, from: 'us@x.test', configurationSet: 'guerdon' });
    const tags = { redemption: 'r-1', member: 'not one' };
    await mailer.send({ ...mail, from: { name: 'Shop' }, headers: { 'X-A': 'b' }, tags });
    await mailer.send({ ...mail, from: { name: 'Zażółć', address: 'shop@y.test' } });
    const [first, second] = mock.commandCalls(SendEmailCommand).map((call) => call.args[0].input);
    expect(first).toMatchObject({
      FromEmailAddress: '"Shop" <us@x.test>',
      Content: { Simple: { Headers: [{ Name: 'X-A', Value: 'b' }] } },
      EmailTags: [{ Name: 'redemption', Value: 'r-1' }],
      ConfigurationSetName: 'guerdon',
    });
    expect(second?.FromEmailAddress).toBe('=?UTF-8?B?WmHFvMOzxYLEhw==?= <shop@y.test>');
  });

  it('cuts a long name between characters into words of 75 characters at most', async () => {
    const { mock, mailer } = start();
    const name = 'Ωmega Zażółć 会员 '.repeat(6).trim();
    await mailer.send({ ...mail, from: { name } });
    const from = mock.commandCalls(SendEmailCommand)[0]?.args[0].input.FromEmailAddress ?? '';
    const words = from.split(' ').slice(0, -1);
    for (const word of words) expect(word.length).toBeLessThanOrEqual(75);
    const bytes = words.map((word) => Buffer.from(word.slice(10, -2), 'base64').toString('utf8'));
    expect(bytes.join('')).toBe(name);
  });

  it('keeps the address out of its errors', async () => {
    const { mock, mailer } = start();
    const message = 'Email address is not verified: mia@example.com';
    mock.on(SendEmailCommand).rejects(new MessageRejected({ message, $metadata: {} }));
    const error = await mailer.send(mail).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'MailError', code: 'MessageRejected' });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('mia@example.com');
  });
});

describe('the secret reader', () => {
  const start = (secretString: string) => {
    const clock = movableClock();
    const mock = mockClient(SecretsManagerClient);
    mock.on(GetSecretValueCommand).resolves({ SecretString: secretString });
    const read = createSecretReader({
      client: new SecretsManagerClient({ region }),
      clock,
      secretArn: 'arn:secret',
      schema: z.strictObject({ apiKey: z.string() }),
    });
    return { clock, mock, read, reads: () => mock.commandCalls(GetSecretValueCommand).length };
  };

  it('reads once in 5 minutes, also when callers meet', async () => {
    const { clock, read, reads } = start('{"apiKey":"k"}');
    expect(await Promise.all([read(), read()])).toEqual([{ apiKey: 'k' }, { apiKey: 'k' }]);
    clock.pass(secretLifeMs - 1);
    await read();
    expect(reads()).toBe(1);
    clock.pass(1);
    await read();
    expect(reads()).toBe(2);
  });

  it.each(['CANARY-not-json', '{"other":"CANARY-1"}'])(
    'says nothing of a secret that it cannot read, and asks again',
    async (text) => {
      const { read, reads } = start(text);
      const error = await read().catch((thrown) => thrown);
      expect(error).toMatchObject({ name: 'SecretUnreadableError' });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('CANARY');
      await expect(read()).rejects.toThrow();
      expect(reads()).toBe(2);
    },
  );
});
