import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { type Bundle, bundleFunctions, maximumBundleBytes } from '../../infra/bundle.ts';
import { EventStreamSerde, eventStreamSerdeProvider } from '../../infra/lambda-event-streams.ts';
import { codeOf, expectLean, homesOf } from './lean-bundle.ts';

const scratch = mkdtempSync(join(tmpdir(), 'guerdon-bundle-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const fixture = join(import.meta.dirname, 'fixtures/every-client.ts');
const build = (entries: Record<string, string>, folder: string): Promise<Bundle[]> =>
  bundleFunctions({ entries, outdir: join(scratch, folder) });
describe('the bundler', async () => {
  const [bundle] = await build({ every: fixture }, 'first');
  if (!bundle) throw new Error('nothing was bundled');

  it('fits every client, schemas and calendar into one function', () => {
    expectLean(bundle);
    expect([...homesOf(bundle).keys()]).toContain('@aws-sdk/client-dynamodb');
  });

  it('writes the same bytes again, whatever else is built and wherever', async () => {
    const again = await build(
      { other: 'infra/lambda-credentials.ts', every: fixture },
      'elsewhere',
    );
    const twin = again.find(({ name }) => name === 'every');
    expect(twin && codeOf(twin)).toBe(codeOf(bundle));
  });

  it('keeps the schemas of no operation that nobody calls', () => {
    expect(codeOf(bundle)).not.toContain('/v2/email/contact-lists');
    expect(codeOf(bundle)).toContain('/v2/email/outbound-emails');
  });

  it('keeps no error whose fields nobody reads', () => {
    expect(codeOf(bundle)).not.toContain('BackupInUseException');
    expect(codeOf(bundle)).not.toContain('XksKeyNotFoundException');
    expect(codeOf(bundle)).toContain('TransactionCanceledException');
  });

  it('says so to whoever comes to stream events', () => {
    expect(codeOf(bundle)).toContain('Bundles leave event streams out');
    expect(() => eventStreamSerdeProvider()).toThrow('Bundles leave event streams out');
    expect(() => new EventStreamSerde()).toThrow('Bundles leave event streams out');
  });

  it('names no path of the machine', () => {
    expect(codeOf(bundle)).not.toContain(scratch);
    expect(codeOf(bundle)).not.toContain(join(import.meta.dirname, '../..'));
  });

  it('refuses an import that does not exist', async () => {
    const entry = join(scratch, 'broken.ts');
    writeFileSync(entry, "import 'no-such-package';");
    await expect(build({ broken: entry }, 'broken')).rejects.toThrow('no-such-package');
  });

  it('refuses a bundle above the ceiling', async () => {
    const entry = join(scratch, 'heavy.ts');
    const text = JSON.stringify('x'.repeat(maximumBundleBytes));
    writeFileSync(entry, `export const handler = async () => ${text};`);
    await expect(build({ heavy: entry }, 'heavy')).rejects.toThrow('bundle of heavy has');
  });

  describe('the credentials inside', () => {
    afterEach(() => vi.unstubAllEnvs());
    const load = async () =>
      (await import(pathToFileURL(join(bundle.directory, 'index.mjs')).href)) as {
        handler: (event: unknown, context: object) => Promise<string>;
        credentials: () => Promise<object>;
        mailRequest: () => Promise<unknown>;
        fileAddress: (endpoint?: string) => Promise<unknown>;
        fromXml: (text: string) => unknown;
        errorOf: (name: string) => Promise<unknown>;
      };

    it('come from the environment', async () => {
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'hidden');
      vi.stubEnv('AWS_SESSION_TOKEN', 'session');
      const { credentials, handler } = await load();
      expect(await credentials()).toMatchObject({
        accessKeyId: 'key',
        secretAccessKey: 'hidden',
        sessionToken: 'session',
      });
      expect(await handler({ id: 'a' }, {})).toBe('a 2025-02-28');
    });

    it('sign requests that are whole', async () => {
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'hidden');
      const { mailRequest } = await load();
      expect(await mailRequest()).toEqual({
        hostname: 'email.eu-west-1.amazonaws.com',
        method: 'POST',
        path: '/v2/email/outbound-emails',
        body: { Destination: { ToAddresses: ['member@guerdon.example'] } },
      });
    });

    it('sign files for the bucket, at home and at a stand-in', async () => {
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'hidden');
      const { fileAddress } = await load();
      expect(await fileAddress()).toBe('files.s3.eu-west-1.amazonaws.com/in/a.xml');
      expect(await fileAddress('http://127.0.0.1:4566')).toBe('127.0.0.1/files/in/a.xml');
    });

    it('go with a parser that leaves entities as they are, and refuses new ones', async () => {
      const { fromXml } = await load();
      const told = '<?xml version="1.0"?><a b="1"><c>x &amp; y</c></a>';
      expect(fromXml(told)).toEqual({ a: { c: 'x &amp; y' } });
      const active = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>';
      expect(() => fromXml(active)).toThrow('Entities are left out');
    });

    it.each([
      'ConditionalCheckFailedException',
      'ResourceNotFoundException',
      'OfTomorrowException',
    ])('let %s through under its name', async (name) => {
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'hidden');
      const { errorOf } = await load();
      const error = await errorOf(name);
      expect(error).toBeInstanceOf(Error);
      expect(error).toMatchObject({ name, message: 'm', $fault: 'client' });
    });

    it('are asked for nowhere else', async () => {
      vi.stubEnv('AWS_ACCESS_KEY_ID', '');
      const { credentials } = await load();
      await expect(credentials()).rejects.toThrow('not in the environment');
    });
  });
});
