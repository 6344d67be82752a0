import { type Answer, answered } from '../common/answer.ts';
import { dollarText } from '../common/dollars.ts';
import { rawNumber } from '../common/raw-json.ts';
import { pageOf, type Query, refused } from './answer.ts';
import { type Books, balanceCents, paymentView } from './orders.ts';

export interface Funding {
  list(): Answer;
  read(id: string): Answer;
  transactions(query: Query): Answer;
}

const sourceId = 'BALANCE00001';

/** The list shows the balance as it was when the single source was last read: it may be stale. */
export function createFunding(books: Books): Funding {
  let listedCents = books.openingBalanceCents;
  const view = (cents: bigint) => ({
    id: sourceId,
    method: 'balance',
    usage_permissions: ['api_orders', 'dashboard_orders'],
    status: 'active',
    meta: {
      available_amount: rawNumber(dollarText(cents)),
      pending_amount: rawNumber('0.00'),
      currency_code: 'USD',
    },
  });
  return {
    list: () => answered({ funding_sources: [view(listedCents)] }),
    read: (id) => {
      if (id !== sourceId && id.toUpperCase() !== 'BALANCE') {
        return refused(404, 'No such funding source.');
      }
      listedCents = balanceCents(books);
      return answered({ funding_source: view(listedCents) });
    },
    transactions: (query) => transactions(books, query),
  };
}

function transactions({ store, openingBalanceCents }: Books, query: Query): Answer {
  let balance = openingBalanceCents;
  const lines: { readonly createdAt: string; readonly view: object }[] = [];
  for (const order of store.all()) {
    const cents = BigInt(order.totalCents);
    const about = {
      currency_code: 'USD',
      order: { id: order.id, external_id: order.externalId, payment: paymentView(order) },
    };
    const line = (amount: bigint, action: string) => {
      balance += amount;
      const numbers = {
        amount: rawNumber(dollarText(amount)),
        balance: rawNumber(dollarText(balance)),
      };
      const { createdAt } = order;
      lines.push({ createdAt, view: { ...numbers, action, description: action, ...about } });
    };
    if (order.status === 'EXECUTED' || order.refunded) line(-cents, 'order');
    if (order.refunded) line(cents, 'refund');
  }
  const { items } = pageOf(lines, query, { fallback: 10, maximum: 500 });
  const shown = items.map(({ createdAt, view }) => ({ created_at: createdAt, ...view }));
  return answered({ transactions: shown });
}
