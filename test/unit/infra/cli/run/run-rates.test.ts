import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  keepRunRates,
  readRunRates,
  tellWithoutRates,
} from '../../../../../infra/cli/run/run-rates.ts';
import { MemoryTable } from '../../../../../shared/adapters/memory/memory-table.ts';
import { createMemoryRateStore } from '../../../../../shared/adapters/memory/rate-store.ts';
import { parseProgram } from '../../../../../shared/domain/program/parse.ts';
import { samplePrograms, temporaryFolder } from '../../../../support/guerdon.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';

const seed: unknown = JSON.parse(
  await readFile(join(samplePrograms, 'seeds', 'archetype-cashback.json'), 'utf8'),
);

/** Cashback in each member's currency. */
function cashback() {
  const read = parseProgram(seed);
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  return read.program;
}

const history = 'Date,CZK,PLN,\n2026-03-03,25.001,4,\n2026-03-02,25,4.25,\n';

async function fileOf(text: string): Promise<string> {
  const path = join(await temporaryFolder(), 'rates.csv');
  await writeFile(path, text);
  return path;
}

function toldOnStderr(): string[] {
  const told: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told.push(String(text));
    return true;
  });
  onTestFinished(() => write.mockRestore());
  return told;
}

const storeOfRates = () => createMemoryRateStore(new MemoryTable());

describe('a run of a program that converts money', () => {
  it('says once that it has no rates, and what to do', async () => {
    const told = toldOnStderr();
    const rates = storeOfRates();
    await tellWithoutRates(rates, sampleProgram(), undefined);
    expect(told).toEqual([]);
    await tellWithoutRates(rates, cashback(), undefined);
    await tellWithoutRates(rates, cashback(), 'state');
    const sentence =
      'archetype-cashback converts money, and there are no rates of ecb here: what needs one is ' +
      'refused (RATE_STALE). Give a file of rates with --rates FILE';
    expect(told).toEqual([
      `${sentence}\n`,
      `${sentence}, or once with: guerdon fx load FILE --state state\n`,
    ]);
  });

  it('keeps the rates that it is given, once, and says nothing then', async () => {
    const told = toldOnStderr();
    const rates = storeOfRates();
    const given = await readRunRates(await fileOf(history), cashback());
    await keepRunRates(rates, given);
    await keepRunRates(rates, given);
    await tellWithoutRates(rates, cashback(), undefined);
    const days = 'Rates of ecb, 2026-03-02 to 2026-03-03: days 2';
    expect(told).toEqual([
      `${days}, kept 2, already known 0, jumps flagged 0\n`,
      `${days}, kept 0, already known 2, jumps flagged 0\n`,
    ]);
  });

  it('refuses a file that is wrong, of another source, or against what is kept', async () => {
    toldOnStderr();
    const rates = storeOfRates();
    const cut = await fileOf('Date,CZK,\n2026-03-03,25\n');
    await expect(readRunRates(cut, cashback())).rejects.toThrow(`RATES_FILE_INVALID: ${cut}:2`);
    const { money, ...rest } = cashback();
    const other = { ...rest, money: { ...money, rateSource: 'openExchangeRates' as const } };
    const good = await fileOf(history);
    await expect(readRunRates(good, other)).rejects.toThrow(
      `archetype-cashback takes rates of openExchangeRates; ${good} has ecb.`,
    );
    await keepRunRates(rates, await readRunRates(good, cashback()));
    const changed = await fileOf(history.replace('25.001', '25.002').replace('4.25', '4.26'));
    await expect(keepRunRates(rates, await readRunRates(changed, cashback()))).rejects.toThrow(
      /^RATES_CONFLICT: .*:2 2026-03-03: .*\n1 more are not shown\.$/,
    );
  });

  it('says that rates of a single day wait where they are odd', async () => {
    const told = toldOnStderr();
    const rates = storeOfRates();
    await keepRunRates(rates, await readRunRates(await fileOf(history), cashback()));
    const path = await fileOf('Date,CZK,PLN,\n2026-03-04,50,4,\n');
    await keepRunRates(rates, await readRunRates(path, cashback()));
    expect(told.at(-1)).toMatch(/^RATES_QUARANTINED: .* of 2026-03-04 are not used yet\./);
  });
});
