import { readFileSync } from 'node:fs';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { signLocalToken } from '../../infra/local/signing-key.ts';
import { type Printed, useFixtureStack } from './fixture-stack.ts';

const fixture = useFixtureStack();

describe('services', () => {
  it('keys are bound to their context', async () => {
    const keys = new KMSClient(fixture.client('KMS'));
    const EncryptionContext = { program: 'p' };
    const KeyId = fixture.stack.outputs.KeyArn;
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
    const secrets = new SecretsManagerClient(fixture.client('SECRETS_MANAGER'));
    const read = async (SecretId: string) => {
      const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
      return JSON.parse(SecretString ?? '');
    };
    expect(await read('fixture/given')).toEqual({ user: 'u' });
    const made = await read(fixture.stack.outputs.ClaimSecret ?? '');
    expect(made).toMatchObject({ a: 1, key: expect.stringMatching(/^.{32}$/) });
    await expect(read('missing')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('mail lands on a page that runs nothing', async () => {
    const mail = new SESv2Client(fixture.client('SESV2'));
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
    const get = (path: string, headers = {}) =>
      fetch(`${fixture.stack.urls.mail}${path}`, { headers });
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
    await fixture.stack.runSchedules();
    expect(fixture.of('ticked')).toEqual([{ ticked: 'tick' }]);
  });
});

describe('HTTP API', () => {
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${fixture.stack.urls.api}${path}`, init);
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
