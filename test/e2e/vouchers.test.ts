import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withHeldState } from '../../infra/cli/held-state.ts';
import { withStateSealer } from '../../infra/cli/vouchers/sealing.ts';
import { createVoucherPool } from '../../shared/adapters/providers/voucher-pool.ts';
import { voucherKinds } from '../../shared/domain/catalogue/voucher.ts';
import type { PlaceOrder } from '../../shared/ports/provider.ts';
import { guerdon, guerdonJson, programPath, temporaryFolder } from '../support/guerdon.ts';

const header = 'code,pin,expiresOn,website';
const good = [
  'CANARY-0001,CANARYPIN,2999-12-31,https://canary.example.test/',
  'CANARY-0002,,,',
  'CANARY-0003,,,',
];
const bad = ['CANARY-0004,,2027-02-30,', 'CANARY-0002,CANARYPIN,,', ',CANARYPIN,,'];

const order: PlaceOrder = {
  kind: 'experience',
  ...{ reference: '11111111-2222-8333-8444-555555555501', country: 'GB', language: 'en' },
  ...{ products: ['online-retail/spa-day'], value: { amountMinor: 0n, currency: 'GBP' } },
  recipientEmail: 'member@example.test',
};

it('codes are loaded once, listed, opened by an order, and shown nowhere', async () => {
  const folder = await temporaryFolder();
  const [state, csv] = [join(folder, 'state'), join(folder, 'codes.csv')];
  await writeFile(csv, [header, ...good, ...bad].join('\n'));
  const kept = ['--pool', 'spa-day', '--program', programPath, '--state', state];
  const load = ['vouchers', 'load', csv, ...kept, '--kind', 'experience', '--low-below', '2'];
  const first = await guerdon(...load, '--json');
  expect(first.status, first.stderr).toBe(1);
  expect(JSON.parse(first.stdout)).toEqual({
    ...{ product: 'online-retail/spa-day', lines: 6, added: 3, known: 0, stock: 'plenty' },
    rejected: [
      { line: 5, code: 'INVALID_DATE', field: 'expiresOn' },
      { line: 6, code: 'CODE_CONFLICT', field: 'code' },
      { line: 7, code: 'CODE_MISSING', field: 'code' },
    ],
  });
  expect(first.stderr.split('\n').map((line) => line.split(': ')[0])).toEqual([
    ...['INVALID_DATE', 'CODE_CONFLICT', 'CODE_MISSING', ''],
  ]);
  await writeFile(csv, [header, ...good].join('\n'));
  const again = await guerdon(...load);
  expect(again).toMatchObject({ status: 0, stderr: '' });
  expect(again.stdout).toContain('0 codes added, 3 known before, 0 rejected');
  const perk = await guerdon('vouchers', 'load', csv, ...kept, '--kind', 'perk');
  expect(perk.status).toBe(1);
  expect(perk.stderr).toContain('POOL_DIFFERS: kind: Nothing was loaded');
  expect(perk.stderr).toContain('keeps its kind (experience)');

  const placed = await withHeldState(state, ({ table: { vouchers }, now }) => {
    const clock = { now: () => now };
    const silent = () => undefined;
    const logger = { info: silent, warn: silent, error: silent };
    return withStateSealer(state, clock, (sealer) =>
      createVoucherPool({ vouchers, sealer, clock, logger }).placeOrder(order),
    );
  });
  if (placed.kind !== 'accepted') throw new Error(`The order is ${placed.kind}.`);
  expect(placed.reward?.value.reveal()).toMatch(/^CANARY-000[123]$/);

  const pools = await guerdonJson<readonly object[]>('vouchers', 'list', '--state', state);
  expect(pools).toMatchObject([{ pool: 'spa-day', free: 2, taken: 1, expired: 0, lowBelow: 2 }]);
  for (const { stdout, stderr } of [first, again]) expect(stdout + stderr).not.toMatch(/CANARY/i);
  expect(await filesWith(state, 'CANARY')).toEqual([]);
}, 120_000);

it('what cannot be loaded says so without a word of the file', async () => {
  const folder = await temporaryFolder();
  const csv = join(folder, 'codes.csv');
  const kept = ['--program', programPath, '--state', join(folder, 'state')];
  const load = (pool: string) => guerdon('vouchers', 'load', csv, '--pool', pool, ...kept);
  for (const text of ['CANARY-0001\nCANARY-0002\n', 'code,CANARY-0001\nCANARY-0002,1\n', '']) {
    await writeFile(csv, text);
    const { status, stderr, stdout } = await load('spa-day');
    expect(status).toBe(2);
    expect(stderr + stdout).not.toMatch(/CANARY/i);
  }
  await writeFile(csv, 'code\nCANARY-0001\n');
  expect(await load('Spa Day')).toMatchObject({ status: 2 });
  const kindless = await load('spa-day');
  expect(kindless.status).toBe(2);
  for (const kind of voucherKinds) expect(kindless.stderr).toContain(kind);
  expect(await readdir(folder)).toEqual(['codes.csv']);
}, 60_000);

/** Files of a folder that hold a text anywhere in their bytes. */
async function filesWith(folder: string, text: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));
  const found = await Promise.all(
    paths.map(async (path) => ((await readFile(path)).includes(text) ? [path] : [])),
  );
  return found.flat();
}
