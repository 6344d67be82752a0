import type { SentMessage, SentStore } from '../../ports/contacts.ts';
import { type Image, toImage } from './attributes.ts';
import { amountIsAtMost, itemAbsent } from './condition.ts';
import { sentDayKey, sentKey } from './contact-keys.ts';
import { putAlways } from './item-write.ts';
import { metered, type OpenBill, type Table } from './table.ts';
import { Transaction } from './transact.ts';

/*
 * Attributes of a message that went out: o when it was remembered, d 1 once it is
 * confirmed. Of a day: n how many went out. Both go by themselves (ttl): a day after three, a
 * message after thirteen months, when nothing asks for it again.
 */

const daySeconds = 86_400;
const messageLifeSeconds = 400 * daySeconds;
const dayLifeSeconds = 3 * daySeconds;

export function createSentStore(table: Table): SentStore {
  return {
    async remember({ day, maximumPerDay, ...sent }) {
      const transaction = new Transaction(table).put('message', encode(sent), itemAbsent);
      if (maximumPerDay !== undefined) countDay(transaction, sent, { day, maximumPerDay });
      return metered(table, { operation: 'contact', count: 1 }, async (bill) => {
        const outcome = await transaction.commit(bill);
        if (outcome.kind === 'committed') return 'new';
        bill.count = 0;
        if (!outcome.refused.has('message')) return 'full';
        return outcome.refused.get('message')?.d === undefined ? 'unsure' : 'sent';
      });
    },
    async confirm(sent) {
      await metered(table, { operation: 'contact', count: 1 }, (bill: OpenBill) =>
        putAlways(table, encode(sent, { d: 1 }), bill),
      );
    },
  };
}

function encode({ at, message, ...owner }: SentMessage, state: { readonly d?: 1 } = {}): Image {
  const ttl = Math.floor(at / 1000) + messageLifeSeconds;
  return toImage({ ...sentKey(owner, message), o: at, ...state, ttl });
}

function countDay(
  transaction: Transaction,
  { at, message: _, ...owner }: SentMessage,
  cap: { readonly day: string; readonly maximumPerDay: number },
): void {
  const ttl = BigInt(Math.floor(at / 1000) + dayLifeSeconds);
  transaction.update('day', sentDayKey(owner, cap.day), {
    changes: { add: new Map([['n', 1n]]), set: new Map([['ttl', ttl]]), remove: [] },
    condition: amountIsAtMost('n', BigInt(cap.maximumPerDay) - 1n),
  });
}
