import { type Answer, answered } from '../common/answer.ts';
import { moneyText } from './amounts.ts';
import { refused } from './answer.ts';
import { type Books, balanceOf } from './batches.ts';
import { type Movement, movementsOf } from './progress.ts';

export interface Reporting {
  /** How long a movement is missing from the books. */
  readonly listLagMs: number;
  /** Small, so that lists have several pages. */
  readonly maximumPageSize: number;
  readonly naming: () => Naming;
}

/**
 * What leads from money that came back to its payout, which no page of PayPal's says: the sender's
 * id stands with it; only with the payment; nowhere, but items are shown by the payment's id; or
 * nothing does.
 */
export type Naming = 'returns' | 'payments' | 'items' | 'nothing';

const longestMs = 31 * 86_400_000;

/** Oldest first, page by page; a period longer than 31 days is refused. */
export function listTransactions(
  { store, now }: Books,
  { listLagMs, maximumPageSize, naming }: Reporting,
  query: URLSearchParams,
): Answer {
  const [from, to] = ['start_date', 'end_date'].map((name) => Date.parse(query.get(name) ?? ''));
  if (from === undefined || to === undefined || !(to - from <= longestMs)) {
    return refused(400, 'INVALID_REQUEST', [{ field: 'end_date', issue: 'Is too far away' }]);
  }
  const isListed = ({ atMs }: Movement) => atMs >= from && atMs <= to && atMs + listLagMs <= now();
  const isAsked = ({ id, code }: Movement) => {
    const [wantedId, wantedCode] = [query.get('transaction_id'), query.get('transaction_type')];
    return (wantedId ?? id) === id && (wantedCode ?? code) === code;
  };
  const all = store.all().flatMap(movementsOf);
  const movements = all.filter((movement) => isListed(movement) && isAsked(movement));
  movements.sort((left, right) => left.atMs - right.atMs);
  const page = Number(query.get('page') ?? '1');
  const size = Math.min(Number(query.get('page_size') ?? '100'), maximumPageSize);
  const listed = movements.slice((page - 1) * size, page * size);
  return answered({
    transaction_details: listed.map((movement) => ({
      transaction_info: viewOf(movement, naming()),
    })),
    ...{ account_number: 'STANDIN', page, total_items: movements.length },
    ...{ total_pages: Math.ceil(movements.length / size), links: [] },
  });
}

function viewOf(movement: Movement, naming: Naming): object {
  const { id, code, atMs, currency, hundredths, feeHundredths, originalId } = movement;
  const isNamed = naming === 'returns' || (naming === 'payments' && originalId === undefined);
  const senderItemId = isNamed ? movement.senderItemId : null;
  const money = (value: bigint) => ({
    currency_code: currency,
    value: moneyText(value, currency),
  });
  const time = new Date(atMs).toISOString().replace('Z', '+0000');
  return {
    ...{ transaction_id: id, transaction_event_code: code, transaction_status: 'S' },
    ...{ transaction_initiation_date: time, transaction_updated_date: time },
    ...{ transaction_amount: money(hundredths) },
    ...(feeHundredths !== 0n && { fee_amount: money(feeHundredths) }),
    ...(senderItemId !== null && { custom_field: senderItemId }),
    ...(originalId !== undefined &&
      naming !== 'nothing' && {
        ...{ paypal_reference_id: originalId, paypal_reference_id_type: 'TXN' },
      }),
  };
}

export function readBalances(books: Books): Answer {
  const balances = [...books.heldCurrencies].map((currency) => {
    const money = (value: bigint) => ({
      currency_code: currency,
      value: moneyText(value, currency),
    });
    const held = money(balanceOf(books, currency));
    return {
      ...{ currency, primary: currency === 'USD', withheld_balance: money(0n) },
      ...{ total_balance: held, available_balance: held },
    };
  });
  return answered({ balances, account_id: 'STANDIN' });
}
