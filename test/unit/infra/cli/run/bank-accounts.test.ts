import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { bankSecret } from '../../../../../infra/cli/run/bank-accounts.ts';
import { readBankAccounts } from '../../../../../shared/adapters/bank/bank-accounts.ts';

async function stateWith(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guerdon-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'bank-accounts.json'), text);
  return folder;
}

it('gives samples that pay in euro, pounds and dollars where a state has no accounts', async () => {
  const { accounts } = await bankSecret(undefined);
  expect(accounts.map(({ currency }) => currency)).toEqual(['EUR', 'GBP', 'USD']);
  expect(await bankSecret(tmpdir())).toEqual({ accounts });
  expect(readBankAccounts({ accounts })).toEqual(accounts);
});

it('takes the accounts of the state', async () => {
  const [euro] = (await bankSecret(undefined)).accounts;
  const given = { accounts: [{ ...euro, id: 'own' }] };
  expect(await bankSecret(await stateWith(JSON.stringify(given)))).toEqual(given);
});

it.each([
  ['{"accounts": [', 'is no JSON'],
  ['{"accounts": []}', 'needs an account'],
  ['{"accounts": [{"id": "a", "party": {"account": {"iban": "DE00SECRET"}}}]}', 'accounts.0.'],
])('refuses %s, with the file, and quotes nothing of it', async (text, why) => {
  const state = await stateWith(text);
  const refused = bankSecret(state);
  await expect(refused).rejects.toThrow(`${join(state, 'bank-accounts.json')} `);
  await expect(refused).rejects.toThrow(why);
  await expect(refused).rejects.not.toThrow('SECRET');
});
