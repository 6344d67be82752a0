import { parseReference } from '../../domain/redemption/reference.ts';
import { invariant } from '../../domain/result.ts';
import type { BankFileStore, BankTransfer } from '../../ports/bank-file.ts';
import type { MeteredOperation } from '../../ports/runtime.ts';
import { toImage } from './attributes.ts';
import {
  beginFile,
  closeFile,
  fillFile,
  handedOut,
  markServed,
  openFile,
  readFile,
  servedOn,
} from './bank-file-files.ts';
import { encodeTransfer, parseTransfer } from './bank-file-item.ts';
import {
  answerKey,
  filePartition,
  memberPrefix,
  outboxKey,
  outboxPartition,
  transferKey,
} from './bank-file-keys.ts';
import { isExactly, itemAbsent, itemPresent } from './condition.ts';
import { getItem, getItems, queryItems } from './item-read.ts';
import { putAlways } from './item-write.ts';
import { metered, type Table } from './table.ts';
import { Transaction } from './transact.ts';

export function createBankFileStore(table: Table): BankFileStore {
  return {
    ...transfersIn(table),
    openFile: (debtor) => openFile(table, debtor),
    beginFile: (account, messageIdOf) => beginFile(table, account, messageIdOf),
    fill: (read, transfers) => fillFile(table, read, transfers),
    closeFile: (read, written) => closeFile(table, read, written),
    handedOut: (file) => handedOut(table, file),
    servedOn: (debtor) => servedOn(table, debtor),
    markServed: (debtor, day) => markServed(table, debtor, day),
    file: (messageId) => readFile(table, messageId),
    inFile: (messageId) => {
      return transfersOf(table, { pk: filePartition(messageId), skPrefix: memberPrefix });
    },
    async knowsAnswer({ digest, key }) {
      const image = await getItem(table, answerKey(key));
      if (image === undefined) return 'unread';
      // Rows of old have none.
      return image.h === undefined || image.h.S === digest ? 'read' : 'changed';
    },
    async rememberAnswer({ digest, key }, at) {
      const item = toImage({ ...answerKey(key), o: at, h: digest });
      await metered(table, { operation: 'audit', count: 1 }, (bill) =>
        putAlways(table, item, bill),
      );
    },
  };
}

type TransferCall = 'put' | 'transfer' | 'cancel' | 'waiting' | 'putFacts';

function transfersIn(table: Table): Pick<BankFileStore, TransferCall> {
  return {
    async put(transfer) {
      const { reference } = transfer;
      const transaction = new Transaction(table)
        .put('transfer', encodeTransfer(transfer), itemAbsent)
        .putAlways('waiting', toImage({ ...outboxKey(transfer), i: reference }));
      const outcome = await commit(table, transaction, { operation: 'dispatch', reference });
      if (outcome.kind === 'committed') return transfer;
      const standing = outcome.refused.get('transfer');
      invariant(standing !== undefined, 'A transfer that stands is told.');
      return parseTransfer(standing);
    },
    async transfer(reference) {
      const image = await getItem(table, transferKey(reference));
      return image && parseTransfer(image);
    },
    async cancel(read, at) {
      const { facts, reference, version } = read;
      const next = { ...read, facts: { ...facts, cancelledAt: at }, version: version + 1 };
      const transaction = new Transaction(table)
        .put('transfer', encodeTransfer(next), isExactly('v', BigInt(version)))
        .delete('waiting', outboxKey(read), itemPresent);
      const outcome = await commit(table, transaction, { operation: 'dispatch', reference });
      return outcome.kind === 'committed' ? 'done' : 'lost';
    },
    async waiting(debtor, most) {
      const transfers: BankTransfer[] = [];
      const query = { pk: outboxPartition(debtor), limit: most };
      for await (const transfer of transfersOf(table, query)) transfers.push(transfer);
      return transfers;
    },
    async putFacts(read, facts) {
      const { reference, version } = read;
      const item = encodeTransfer({ ...read, facts, version: version + 1 });
      const transaction = new Transaction(table).put(
        'transfer',
        item,
        isExactly('v', BigInt(version)),
      );
      const outcome = await commit(table, transaction, { operation: 'audit', reference });
      return outcome.kind === 'committed' ? 'done' : 'lost';
    },
  };
}

function commit(
  table: Table,
  transaction: Transaction,
  { operation, reference }: { readonly operation: MeteredOperation; readonly reference: string },
) {
  const subject = parseReference(reference)?.redemption ?? reference;
  return metered(table, { operation, count: 0, subject }, (bill) => transaction.commit(bill));
}

/** As many transfers are read at once. */
const pageSize = 100;

/** The transfers that the items of a query name, in their order. */
async function* transfersOf(
  table: Table,
  query: Parameters<typeof queryItems>[1],
): AsyncGenerator<BankTransfer> {
  let page: string[] = [];
  for await (const { i } of queryItems(table, query)) {
    page.push(i?.S ?? '');
    if (page.length < pageSize) continue;
    yield* await transfersNamed(table, page);
    page = [];
  }
  yield* await transfersNamed(table, page);
}

async function transfersNamed(
  table: Table,
  references: readonly string[],
): Promise<readonly BankTransfer[]> {
  if (references.length === 0) return [];
  const image = await getItems(table, references.map(transferKey));
  return references.map((reference) => {
    const found = image(transferKey(reference));
    invariant(found !== undefined, 'A transfer that is named stands.');
    return parseTransfer(found);
  });
}
