import { describe, expect, it } from 'vitest';
import type { LocalDate } from '../../../../../shared/domain/time.ts';
import { camt053Of, pain002Of } from '../../../../providers/fake/bank-simulator.ts';
import {
  accounts,
  acting,
  berlin,
  hourly,
  hourMs,
  nothingSaid,
  office,
  rejected,
  returned,
  sent,
  v8,
} from '../../../../support/bank-office.ts';
import { Crash } from '../../../../support/fulfilment.ts';
import { wrapped } from '../../../../support/scheduling.ts';

describe('files of what waits', () => {
  it('are written in the hour of their account, for the next day of the bank', async () => {
    const at = await office();
    expect(await at.exchange()).toEqual(nothingSaid);
    at.clock.advance(hourMs);
    const file = 'main-eur-20260612-000001.xml';
    const total = { amountMinor: '5910', currency: 'EUR' };
    expect(await at.exchange()).toEqual({
      ...nothingSaid,
      written: [{ account: 'main-eur', file, transfers: 3, total, executionDate: '2026-06-15' }],
    });
    expect(at.files.names('bank/outgoing')).toEqual([file]);
    expect(await at.exchange()).toEqual(nothingSaid);
  });

  it('are written when somebody asks, whatever the hour, as long as something waits', async () => {
    const at = await office();
    const executionDate = '2026-06-18' as LocalDate;
    const task = { task: 'write', account: 'main-gbp', executionDate } as const;
    const [written] = (await at.exchange(task)).written;
    expect(written).toMatchObject({ account: 'main-gbp', transfers: 1, executionDate });
    const codeOf = async (change: object) => {
      const { unwritten } = await at.exchange({ ...task, ...change });
      return unwritten.map(({ code }) => code);
    };
    expect(await codeOf({})).toEqual(['NOTHING_WAITS']);
    expect(await codeOf({ account: 'other' })).toEqual(['UNKNOWN_ACCOUNT']);
    expect(await codeOf({ executionDate: '2026-06-11' })).toEqual(['EXECUTION_DATE']);
    expect(at.handedOut()).toHaveLength(1);
  });

  it('are handed out at any hour once they were written', async () => {
    const at = await office();
    const task = { task: 'write', account: 'main-gbp' } as const;
    const files = { ...at.dependencies.files, putOnce: () => Promise.reject(new Crash()) };
    expect(await at.exchange(task, { files })).toEqual({
      ...nothingSaid,
      failed: [{ what: 'main-gbp' }],
    });
    expect(at.logged.at(-1)).toMatch(/^FILES_FAILED .*"errorName":"Error"/);
    const [written] = (await at.exchange()).written;
    expect(written).toMatchObject({ account: 'main-gbp', executionDate: '2026-06-15' });
  });

  it('that cannot be written stop no other account', async () => {
    const at = await office();
    at.clock.advance(hourMs);
    const [euro, pound] = accounts;
    if (euro === undefined || pound === undefined) throw new Error('There are two accounts.');
    const broken = { ...euro, party: { ...euro.party, country: 'XX' } };
    const both = { accounts: [broken, { ...pound, writesAt: berlin }] };
    const { unwritten, written } = await at.exchange(hourly, both);
    expect(written.map((each) => each.account)).toEqual(['main-gbp']);
    expect(unwritten).toMatchObject([
      { account: 'main-eur', code: 'UNWRITABLE_COUNTRY', file: 'main-eur-20260612-000001' },
    ]);
    expect(at.logged.some((line) => line.startsWith('BANK_FILE_UNWRITTEN'))).toBe(true);
  });
});

describe('a region without accounts', () => {
  it('is quiet until a file comes or somebody asks, and loads lists', async () => {
    const at = await office();
    at.files.drop('sanctions/incoming', 'eu.txt', 'Ann Example\n');
    const unset = { accounts: 'unset' } as const;
    expect(await at.exchange(hourly, unset)).toEqual({
      ...nothingSaid,
      lists: [{ list: 'eu', names: 1 }],
    });
    const missed = { ...nothingSaid, failed: [{ what: 'accounts' }] };
    expect(await at.exchange({ task: 'write', account: 'main-eur' }, unset)).toEqual(missed);
    expect(await at.exchange(hourly, { accounts: 'unreadable' })).toEqual(missed);
    at.files.drop('bank/incoming', 'day.xml', 'x');
    expect(await at.exchange(hourly, unset)).toEqual(missed);
    expect(at.files.names('bank/incoming')).toEqual(['day.xml']);
    expect(at.logged.filter((line) => line.startsWith('BANK_ACCOUNTS_MISSING'))).toHaveLength(3);
  });
});

describe('an exchange that dies anywhere', () => {
  it('does the same in the end, and nothing twice', async () => {
    const outcomes = new Set<string>();
    let most = 0;
    for (const when of ['before', 'after'] as const) {
      for (let nth = 1; ; nth += 1) {
        const at = await sent();
        const { file, files } = at;
        at.clock.advance(24 * hourMs * 3);
        files.drop('bank/incoming', '1.xml', pain002Of(file, acting(file, rejected)));
        files.drop('bank/incoming', '2.xml', camt053Of(file, acting(file, rejected, returned), v8));
        files.drop('bank/incoming', '3.xml', 'broken');
        files.drop('sanctions/incoming', 'eu.txt', 'Ann Example\n');
        const task = { task: 'write', account: 'main-gbp' } as const;
        let calls = 0;
        let isDead = false;
        const die = async (call: () => Promise<unknown>) => {
          if (isDead) throw new Crash();
          calls += 1;
          isDead = calls === nth;
          if (isDead && when === 'before') throw new Crash();
          const answer = await call();
          if (isDead) throw new Crash();
          return answer;
        };
        const dying = {
          files: wrapped(at.dependencies.files, die),
          bankFiles: wrapped(at.dependencies.bankFiles, die),
        };
        await at.exchange(task, dying);
        await at.exchange(task);
        outcomes.add(
          JSON.stringify({
            standings: await at.standings(),
            conflicts: at.world.paying.world.table.cases.size,
            files: ['bank/incoming', 'bank/read', 'bank/refused', 'sanctions/read'].map((folder) =>
              files.names(folder as 'bank/read'),
            ),
            outgoing: at.handedOut().map(({ messageId, count, sum }) => [messageId, count, sum]),
          }),
        );
        if (calls < nth) break;
        most = Math.max(most, nth);
      }
    }
    expect(most).toBeGreaterThan(25);
    expect([...outcomes].map((each) => JSON.parse(each))).toEqual([
      {
        standings: ['rejected', 'returned', 'booked', 'sent'],
        conflicts: 0,
        files: [[], ['1.xml', '2.xml'], ['3.xml', '3.xml.reason.txt'], ['eu.txt']],
        outgoing: [
          ['main-eur-20260612-000001', '3', '59.10'],
          ['main-gbp-20260615-000001', '1', '20.00'],
        ],
      },
    ]);
  });
});

describe('two exchanges at a time', () => {
  it('hand out one file, and count each answer once', async () => {
    const at = await sent();
    const { file, files } = at;
    at.clock.advance(72 * hourMs);
    files.drop('bank/incoming', '1.xml', pain002Of(file, acting(file, rejected)));
    files.drop('bank/incoming', '2.xml', camt053Of(file, acting(file, rejected, returned), v8));
    const task = { task: 'write', account: 'main-gbp' } as const;
    await Promise.all([at.exchange(task), at.exchange(task), at.exchange()]);
    await at.exchange();
    expect(await at.standings()).toEqual(['rejected', 'returned', 'booked', 'sent']);
    expect(at.handedOut()).toHaveLength(2);
    expect([files.names('bank/incoming'), files.names('bank/refused')]).toEqual([[], []]);
    expect(files.names('bank/read')).toEqual(['1.xml', '2.xml']);
  });
});
