import { describe, expect, it } from 'vitest';
import { exchangeFiles } from '../../../../../shared/app/payouts/exchange-files.ts';
import { camt053Of } from '../../../../providers/fake/bank-simulator.ts';
import {
  accounts,
  acting,
  hourly,
  hourMs,
  nothingSaid,
  office,
  sent,
  v8,
} from '../../../../support/bank-office.ts';
import { Crash } from '../../../../support/fulfilment.ts';

const file = 'main-eur-20260612-000001.xml';
const fails = () => Promise.reject(new Crash());

describe('an hour of an account', () => {
  it('that broke off is made up for in the next one', async () => {
    const at = await office();
    at.clock.advance(hourMs);
    const { bankFiles } = at.dependencies;
    const failed = [{ what: 'main-eur' }];
    for (const call of ['servedOn', 'waiting', 'beginFile', 'fill'] as const) {
      const broken = { bankFiles: { ...bankFiles, [call]: fails } };
      expect(await at.exchange(hourly, broken)).toEqual({ ...nothingSaid, failed });
    }
    at.clock.advance(hourMs);
    expect((await at.exchange()).written).toMatchObject([{ file, transfers: 3 }]);
  });

  it.each([
    ['later on its day', 4, '2026-06-15'],
    ['in the night after', 17, '2026-06-15'],
    ['on the weekend', 40, '2026-06-15'],
    ['on the Monday, before its hour', 71, '2026-06-16'],
  ])('that nobody called in is made up for %s', async (_, hours, executionDate) => {
    const at = await office();
    await at.dependencies.bankFiles.markServed('main-eur', '2026-06-11' as never);
    at.clock.advance(hours * hourMs);
    expect((await at.exchange()).written).toMatchObject([{ transfers: 3, executionDate }]);
    expect((await at.exchange()).written).toEqual([]);
  });

  it('is of days from Monday to Friday, and of none before the account was there', async () => {
    const at = await office();
    at.clock.advance(24 * hourMs);
    expect(await at.exchange()).toEqual(nothingSaid);
    at.clock.advance(24 * hourMs);
    expect(await at.exchange()).toEqual(nothingSaid);
    at.clock.advance(25 * hourMs);
    expect((await at.exchange()).written).toMatchObject([{ executionDate: '2026-06-16' }]);
  });

  it('goes on with a file that could not be written once that is mended', async () => {
    const at = await office();
    const broken = accounts.map((each) => ({ ...each, party: { ...each.party, country: 'XX' } }));
    const task = { task: 'write', account: 'main-gbp' } as const;
    const [refused] = (await at.exchange(task, { accounts: broken })).unwritten;
    expect(refused).toMatchObject({ account: 'main-gbp', code: 'UNWRITABLE_COUNTRY' });
    expect((await at.exchange()).written).toMatchObject([{ account: 'main-gbp', transfers: 1 }]);
  });
});

describe('a file that has been handed out', () => {
  it('is not put there again by a call that does not know', async () => {
    const at = await office();
    at.clock.advance(hourMs);
    const bankFiles = { ...at.dependencies.bankFiles, handedOut: fails };
    const { failed } = await at.exchange(hourly, { bankFiles });
    expect([failed, at.files.names('bank/outgoing')]).toEqual([[{ what: 'main-eur' }], [file]]);
    at.files.take('bank/outgoing', file);
    expect((await at.exchange()).written).toMatchObject([{ file, transfers: 3 }]);
    expect(at.files.names('bank/outgoing')).toEqual([]);
    expect(await at.exchange()).toEqual(nothingSaid);
  });

  it('is told where another one has its name', async () => {
    const at = await office();
    at.clock.advance(hourMs);
    at.files.drop('bank/outgoing', file, 'of somebody else');
    expect((await at.exchange()).failed).toEqual([{ what: 'main-eur' }]);
    expect(at.files.text('bank/outgoing', file)).toBe('of somebody else');
  });
});

describe('a call without time', () => {
  it('says what it has not done, and the next one does it', async () => {
    const at = await sent();
    at.clock.advance(72 * hourMs);
    at.files.drop('bank/incoming', '1.xml', camt053Of(at.file, acting(at.file), v8));
    at.files.drop('sanctions/incoming', 'eu.txt', 'Ann Example\n');
    const task = { task: 'write', account: 'main-gbp' } as const;
    const { failed, ...rest } = await exchangeFiles(at.dependencies, task, at.clock.now());
    expect({ ...rest, failed: [] }).toEqual(nothingSaid);
    expect(failed.map(({ what }) => what).sort()).toEqual([
      ...['bank/incoming', 'main-eur', 'main-gbp', 'sanctions/incoming'],
    ]);
    const lines = at.logged.filter((line) => line.startsWith('FILES_FAILED'));
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toContain('"reason":"TIME_UP"');
    const { lists, read, written } = await at.exchange(task);
    expect([lists, read, written].map((each) => each.length)).toEqual([1, 1, 1]);
  });

  it('that dies of what comes in has written files before', async () => {
    const at = await office();
    at.clock.advance(hourMs);
    at.files.drop('bank/incoming', '1.xml', 'heavy');
    const names: typeof at.dependencies.files.names = () => {
      throw new Crash();
    };
    const files = { ...at.dependencies.files, names };
    await expect(at.exchange(hourly, { files })).rejects.toThrow(Crash);
    expect(at.files.names('bank/outgoing')).toEqual([file]);
  });
});
