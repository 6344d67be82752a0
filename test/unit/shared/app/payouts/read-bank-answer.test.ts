import { describe, expect, it } from 'vitest';
import { readBankAnswer } from '../../../../../shared/app/payouts/read-bank-answer.ts';
import { runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import { standingOfTransfer } from '../../../../../shared/domain/payout/transfer-facts.ts';
import {
  type BankAct,
  type BankFile,
  camt053Of,
  pain002Of,
} from '../../../../providers/fake/bank-simulator.ts';
import type { ActOf } from '../../../../support/bank-days.ts';
import { type BankPayingWorld, bankPayingWorld } from '../../../../support/bank-paying.ts';
import { Crash } from '../../../../support/fulfilment.ts';
import { account, program } from '../../../../support/paying.ts';

interface Sent {
  readonly world: BankPayingWorld;
  readonly file: BankFile;
  readonly ids: readonly string[];
  /** How the transfers stand, in the order of the file. */
  standings(): Promise<readonly string[]>;
  read(text: string): ReturnType<typeof readBankAnswer>;
}

/** Three members' money has gone to the bank in one file. */
async function sent(): Promise<Sent> {
  const world = bankPayingWorld();
  const { days, dependencies, paying } = world;
  for (const member of ['ann', 'bob', 'eve']) {
    await paying.give(member, 'EUR', 2_000n);
    await paying.choose(member, {}, account);
  }
  const asOf = paying.world.clock.now();
  await runPayouts(dependencies, { program, run: 'run-1', asOf, requestedBy: 'fin' });
  await world.settle();
  const [file] = await days.write();
  if (file === undefined) throw new Error('Nothing was written.');
  return {
    ...{ world, file, ids: file.payments.map(({ endToEndId }) => endToEndId) },
    async standings() {
      const standings: string[] = [];
      for await (const { facts } of world.bankFiles.inFile(file.messageId)) {
        standings.push(standingOfTransfer(facts));
      }
      return standings;
    },
    read: (text) => readBankAnswer(days.dependencies, text),
  };
}

const paid: BankAct = { kind: 'paid' };
const all: ActOf = () => paid;
const untouched = ['sent', 'sent', 'sent'];
const acting = (ids: readonly string[], ...acts: readonly BankAct[]): ActOf => {
  return (id) => acts[ids.indexOf(id)] ?? paid;
};
const casesOf = ({ paying }: BankPayingWorld) => {
  return [...paying.world.table.cases.values()].map(({ reason }) => reason);
};

/** A call that dies the second time. */
function secondDies<Given extends readonly unknown[], Outcome>(
  act: (...given: Given) => Promise<Outcome>,
) {
  let calls = 0;
  return async (...given: Given): Promise<Outcome> => {
    calls += 1;
    if (calls === 2) throw new Crash();
    return act(...given);
  };
}

describe('a report on a file', () => {
  it('accepts and rejects what was in it, and dispatch hears of what is decided', async () => {
    const { world, file, ids, standings } = await sent();
    const acts = acting(ids, paid, { kind: 'rejected', reason: 'AC04' });
    expect(await world.days.report(file, acts)).toMatchObject({ accepted: 0, rejected: 1 });
    expect(await standings()).toEqual(['sent', 'rejected', 'sent']);
    const waiting = world.paying.world.inbox.messages.filter(({ queue }) => queue === 'settle');
    expect(waiting.map(({ body }) => body)).toMatchObject([
      { kind: 'webhook', provider: 'bank-file', reading: { kind: 'reference' } },
    ]);
    await world.settle();
    const states = [...world.paying.world.table.orders.values()].map(({ state }) => state);
    expect(states.sort()).toEqual(['accepted', 'accepted', 'released']);
  });

  it('holds for all of it where nothing else is said of one', async () => {
    const { file, read, standings, world } = await sent();
    const text = pain002Of(file, new Map());
    expect(await world.days.read(text)).toMatchObject({ accepted: 3 });
    expect(await standings()).toEqual(['accepted', 'accepted', 'accepted']);
    const refusal = text.replaceAll('>ACSP<', '>RJCT<').replace('>ANSWER-', '>LATER-');
    expect(await read(refusal)).toMatchObject({ value: { rejected: 3 } });
    expect(await standings()).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('finds ids that the bank has put into capitals', async () => {
    const { file, ids, read, standings } = await sent();
    const acts = new Map([[ids[1] ?? '', { kind: 'rejected', reason: 'AC04' } as const]]);
    const text = pain002Of(file, acts).replace(ids[1] ?? '', (ids[1] ?? '').toUpperCase());
    await read(text);
    expect(await standings()).toEqual(['sent', 'rejected', 'sent']);
  });

  it.each<[string, string, (text: string) => string]>([
    ['OTHER_FILE', 'OrgnlMsgId', (text) => text.replaceAll('main-eur-', 'main-eux-')],
    ['OTHER_FILE', 'OrgnlMsgNmId', (text) => text.replace('pain.001.001.09', 'pain.008.001.08')],
    ['OTHER_FILE', 'OrgnlPmtInfId', (text) => text.replace('<OrgnlPmtInfId>', '<OrgnlPmtInfId>9')],
    ['OTHER_FILE', 'OrgnlEndToEndId', (text) => text.replace('<OrgnlEndToEndId>', '$&9')],
    ['COUNT', 'OrgnlNbOfTxs', (text) => text.replace('>3<', '>4<')],
    ['CONTROL_SUM', 'OrgnlCtrlSum', (text) => text.replace('>59.10<', '>59.11<')],
    ['NAMESPACE', '', (text) => text.replace('pain.002', 'pain.012')],
    ['MALFORMED', '', (text) => text.slice(0, text.length / 2)],
    ['ACTIVE_CONTENT', '', (text) => text.replace('<Document', '<!DOCTYPE a>$&')],
  ])('is refused whole: %s %s', async (code, element, change) => {
    const { file, ids, read, standings, world } = await sent();
    const acts = new Map([[ids[0] ?? '', { kind: 'rejected', reason: 'AC04' } as const]]);
    const text = change(pain002Of(file, acts));
    const before = world.paying.world.inbox.messages.length;
    const path = expect.stringMatching(new RegExp(`${element}$`));
    expect(await read(text)).toMatchObject({ ok: false, failure: { code, path } });
    expect(await standings()).toEqual(untouched);
    expect(world.paying.world.inbox.messages).toHaveLength(before);
  });

  it('is read once', async () => {
    const { file, read } = await sent();
    const text = pain002Of(file, new Map());
    await read(text);
    expect(await read(text)).toMatchObject({ ok: false, failure: { code: 'ALREADY_READ' } });
  });
});

describe('a statement', () => {
  it('books what was paid, and refuses to do so twice', async () => {
    const { file, read, standings, world } = await sent();
    const text = world.days.statementText(file, all);
    expect(await read(text)).toMatchObject({ value: { booked: 3, returned: 0, conflicts: [] } });
    expect(await standings()).toEqual(['booked', 'booked', 'booked']);
    expect(await read(text)).toMatchObject({ ok: false, failure: { code: 'ALREADY_READ' } });
    await world.settle();
    const orders = [...world.paying.world.table.orders.values()];
    expect(orders.map(({ charge, state }) => [state, charge?.amountMinor])).toEqual(
      Array(3).fill(['captured', 1_970n]),
    );
  });

  it('goes on where it broke off', async () => {
    const { file, standings, world } = await sent();
    const { days, paying } = world;
    const text = days.statementText(file, all);
    const settleQueue = { send: secondDies(async () => undefined) };
    const dying = { ...days.dependencies, settleQueue };
    await expect(readBankAnswer(dying, text)).rejects.toThrow(Crash);
    expect(await standings()).toEqual(['booked', 'booked', 'booked']);
    await days.read(text);
    expect(paying.world.inbox.messages.filter(({ queue }) => queue === 'settle')).toHaveLength(3);
    expect(casesOf(world)).toEqual([]);
  });

  it('says nothing of it to dispatch while it is half kept', async () => {
    const { file, standings, world } = await sent();
    const { days, paying } = world;
    const text = days.statementText(file, all);
    const putFacts = secondDies(world.bankFiles.putFacts);
    const bankFiles = { ...world.bankFiles, putFacts };
    const dying = { ...days.dependencies, bankFiles };
    await expect(readBankAnswer(dying, text)).rejects.toThrow(Crash);
    expect(await standings()).toEqual(['booked', 'sent', 'sent']);
    expect(paying.world.inbox.messages.filter(({ queue }) => queue === 'settle')).toEqual([]);
    expect(await days.read(text)).toMatchObject({ booked: 3, conflicts: [] });
  });

  it('books a batch that tells no more than its sum, without what was rejected', async () => {
    const { file, ids, read, standings, world } = await sent();
    const acts = acting(ids, { kind: 'rejected', reason: 'AC04' });
    const batch = { version: '08', batch: 'untold' } as const;
    const text = world.days.statementText(file, acts, batch);
    const path = 'Document/BkToCstmrStmt/Stmt[1]/Ntry[1]/Amt';
    expect(await read(text)).toEqual({ ok: false, failure: { code: 'BATCH_TOTAL', path } });
    expect(await standings()).toEqual(untouched);
    await world.days.report(file, acts);
    expect(await read(text)).toMatchObject({ value: { booked: 2 } });
    expect(await standings()).toEqual(['rejected', 'booked', 'booked']);
  });

  it.each<[string, string, (text: string) => string]>([
    ['OTHER_ACCOUNT', 'Acct', (text) => text.replace('DE89370400440532013000', 'DE00OTHER')],
    ['OTHER_ACCOUNT', 'Acct', (text) => text.replaceAll('"EUR"', '"CHF"')],
    ['BALANCE', 'Bal', (text) => text.replace('>19.70<', '>19.71<')],
    ['NAMESPACE', '', (text) => text.replace('camt.053', 'camt.052')],
  ])('is refused whole: %s %s', async (code, element, change) => {
    const { file, read, standings, world } = await sent();
    const text = change(world.days.statementText(file, all));
    const path = expect.stringMatching(new RegExp(`${element}$`));
    expect(await read(text)).toMatchObject({ ok: false, failure: { code, path } });
    expect(await standings()).toEqual(untouched);
  });

  it('leaves a payment of another amount to a person', async () => {
    const { file, read, standings, world } = await sent();
    const payments = file.payments.map((it, at) => (at === 0 ? { ...it, amount: '19.71' } : it));
    const text = camt053Of({ ...file, payments }, new Map(), { version: '08' });
    const reason = 'BANK_AMOUNT_DIFFERS';
    expect(await read(text)).toMatchObject({ value: { booked: 2, conflicts: [{ reason }] } });
    expect(await standings()).toEqual(['sent', 'booked', 'booked']);
    expect(casesOf(world)).toEqual([reason]);
  });

  it('tells a person what was booked or given back twice', async () => {
    const { file, ids, world } = await sent();
    const { days } = world;
    await days.statement(file, all);
    await days.statement(file, all);
    const back = { kind: 'returned', reason: 'AC04', isLater: true } as const;
    const one = { ...file, payments: file.payments.slice(0, 1) };
    await days.statement(one, acting(ids, back));
    await days.statement(one, acting(ids, back));
    const twice = 'BANK_BOOKED_TWICE';
    expect(casesOf(world).sort()).toEqual([twice, twice, twice, 'BANK_RETURNED_TWICE']);
  });

  it('has nothing to say of what is not ours', async () => {
    const { file, read, standings } = await sent();
    const payments = file.payments.map((it) => ({ ...it, endToEndId: 'RENT' }));
    const text = camt053Of({ ...file, payments }, new Map(), { version: '02' });
    expect(await read(text)).toMatchObject({ value: { booked: 0, unmatched: 3, conflicts: [] } });
    expect(await standings()).toEqual(untouched);
  });

  it('counts money that left after a rejection as a payment too many', async () => {
    const { file, ids, world } = await sent();
    await world.days.report(file, acting(ids, { kind: 'rejected', reason: 'AC04' }));
    await world.settle();
    await world.days.statement(file, all);
    await world.settle();
    const states = [...world.paying.world.table.orders.values()].map(({ state }) => state);
    expect(states.sort()).toEqual(['captured', 'captured', 'released']);
    expect(casesOf(world)).toEqual(['SUCCESS_AFTER_RELEASE']);
  });
});
