import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rateFeed, ratesFolder } from '../../infra/local/stand-ins/rate-feed.ts';
import { serve } from '../../infra/local/stand-ins/wire.ts';
import { createEcbFeed } from '../../shared/adapters/rates/http-feed.ts';
import { ecbXml } from '../support/rate-texts.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function replyFrom(stateDirectory: string | undefined) {
  const server = await serve({
    handler: rateFeed(stateDirectory),
    maximumBodyBytes: 0,
    tooLarge: { status: 413 },
    onError: () => undefined,
  });
  try {
    return await createEcbFeed({ address: `${server.origin}/${ratesFolder}` }).latest();
  } finally {
    await server.stop();
  }
}

it('publishes what lies in the state folder, and nothing without it', async () => {
  const state = temporaryFolder();
  expect(await replyFrom(undefined)).toEqual({ kind: 'unpublished' });
  expect(await replyFrom(state)).toEqual({ kind: 'unpublished' });
  mkdirSync(join(state, ratesFolder));
  const path = join(state, ratesFolder, 'eurofxref-daily.xml');
  writeFileSync(path, ecbXml(['2026-04-13', { USD: '1.1684' }]));
  expect(await replyFrom(state)).toMatchObject({ kind: 'snapshot', raw: { date: '2026-04-13' } });
});
