import { invariant } from '../../domain/result.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { BankFile, BankFileStore, BankTransfer } from '../../ports/bank-file.ts';

export class BankFileRows {
  readonly transfers = new Map<string, BankTransfer>();
  readonly files = new Map<string, BankFile>();
  /** By debtor: how many files there have been, and the one that is not handed out. */
  readonly accounts = new Map<string, { readonly sequence: number; readonly open?: string }>();
  readonly served = new Map<string, LocalDate>();
  /** Digests by key. */
  readonly answers = new Map<string, string>();
}

export function createMemoryBankFileStore(rows = new BankFileRows()): BankFileStore {
  return { ...transfersIn(rows), ...filesIn(rows), ...rememberedIn(rows) };
}

type TransferCall = 'put' | 'transfer' | 'cancel' | 'waiting' | 'putFacts';

function transfersIn({ transfers }: BankFileRows): Pick<BankFileStore, TransferCall> {
  const replace = (read: BankTransfer, facts: BankTransfer['facts']) => {
    const { reference, version } = read;
    if (transfers.get(reference)?.version !== version) return 'lost';
    transfers.set(reference, { ...read, facts, version: version + 1 });
    return 'done';
  };
  return {
    async put(transfer) {
      const standing = transfers.get(transfer.reference) ?? transfer;
      transfers.set(transfer.reference, standing);
      return standing;
    },
    transfer: async (reference) => transfers.get(reference),
    cancel: async (read, at) => replace(read, { ...read.facts, cancelledAt: at }),
    async waiting(debtor, most) {
      const all = [...transfers.values()].filter((it) => it.debtor === debtor && isWaiting(it));
      return all.sort(byAge).slice(0, most);
    },
    putFacts: async (read, facts) => replace(read, facts),
  };
}

type RememberedCall = 'servedOn' | 'markServed' | 'knowsAnswer' | 'rememberAnswer';

function rememberedIn({ answers, served }: BankFileRows): Pick<BankFileStore, RememberedCall> {
  return {
    servedOn: async (debtor) => served.get(debtor),
    async markServed(debtor, day) {
      if ((served.get(debtor) ?? '') < day) served.set(debtor, day);
    },
    async knowsAnswer({ digest, key }) {
      const read = answers.get(key);
      if (read === undefined) return 'unread';
      return read === digest ? 'read' : 'changed';
    },
    async rememberAnswer({ digest, key }) {
      answers.set(key, digest);
    },
  };
}

function filesIn({
  accounts,
  files,
  transfers,
}: BankFileRows): Omit<BankFileStore, TransferCall | RememberedCall> {
  const openFile = (debtor: string) => files.get(accounts.get(debtor)?.open ?? '');
  const stands = (read: BankFile) => {
    const { state, transfers: count } = files.get(read.messageId) ?? {};
    return state === 'filling' && count === read.transfers;
  };
  return {
    openFile: async (debtor) => openFile(debtor),
    async beginFile({ currency, debtor }, messageIdOf) {
      const open = openFile(debtor);
      if (open !== undefined) return open;
      const sequence = (accounts.get(debtor)?.sequence ?? 0) + 1;
      const messageId = messageIdOf(sequence);
      const total = { amountMinor: 0n, currency };
      const file: BankFile = { messageId, debtor, state: 'filling', transfers: 0, total };
      accounts.set(debtor, { sequence, open: messageId });
      files.set(messageId, file);
      return file;
    },
    async fill(read, chosen) {
      if (!stands(read)) return 'lost';
      const { messageId, total } = read;
      let [count, amountMinor] = [read.transfers, total.amountMinor];
      for (const { reference } of chosen) {
        const standing = transfers.get(reference);
        if (standing === undefined || !isWaiting(standing)) continue;
        const { facts, version } = standing;
        const next = { ...standing, facts: { ...facts, file: messageId }, version: version + 1 };
        transfers.set(reference, next);
        count += 1;
        amountMinor += standing.amount.amountMinor;
      }
      const filled = { ...read, transfers: count, total: { ...total, amountMinor } };
      files.set(messageId, filled);
      return filled;
    },
    async closeFile(read, written) {
      if (!stands(read)) return 'lost';
      files.set(read.messageId, { ...read, state: 'written', written });
      return 'done';
    },
    async handedOut({ debtor, messageId }) {
      const file = files.get(messageId);
      invariant(file !== undefined && file.state !== 'filling', 'A file is written first.');
      files.set(messageId, { ...file, state: 'handedOut' });
      const account = accounts.get(debtor);
      if (account?.open === messageId) accounts.set(debtor, { sequence: account.sequence });
    },
    file: async (messageId) => files.get(messageId),
    async *inFile(messageId) {
      const all = [...transfers.values()].filter(({ facts }) => facts.file === messageId);
      yield* all.sort((one, other) => (one.reference < other.reference ? -1 : 1));
    },
  };
}

function isWaiting({ facts }: BankTransfer): boolean {
  return facts.file === undefined && facts.cancelledAt === undefined;
}

function byAge(one: BankTransfer, other: BankTransfer): number {
  return one.askedAt - other.askedAt || (one.reference < other.reference ? -1 : 1);
}
