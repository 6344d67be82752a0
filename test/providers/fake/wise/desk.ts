import type { Later } from '../common/later.ts';
import type { WiseFaults } from './faults.ts';
import type { StoredTransfer, TransferStatus } from './store.ts';
import { type Books, bounceAfter, nextDue, withStatus } from './transfers.ts';
import { changeEvents, type WebhookEvent, type WiseSender } from './webhooks.ts';

export interface DeskSettings {
  readonly books: Books;
  readonly webhooks: WiseSender;
  readonly profileId: string;
  readonly faultsOf: (reference: string) => WiseFaults;
  readonly later: Later;
}

/** Moves transfers on, and tells of it by webhook. */
export interface Desk {
  /** A transfer has been paid from the balance. */
  paid(transfer: StoredTransfer, faults: WiseFaults): void;
  move(transfer: StoredTransfer, status: TransferStatus): void;
  /** Keeps what has changed already, and tells of it. */
  keep(transfer: StoredTransfer, before: TransferStatus): void;
  /** Everything that the clock has brought about meanwhile. */
  catchUp(): void;
}

const usualWay = ['processing', 'funds_converted', 'outgoing_payment_sent'] as const;

export function createDesk(settings: DeskSettings): Desk {
  const { books, faultsOf, later } = settings;
  const { store, now } = books;
  const move = (transfer: StoredTransfer, status: TransferStatus, atMs = now()) =>
    keep(settings, withStatus(transfer, status, atMs), transfer.status);
  const arrive = (id: number) => {
    const transfer = store.transfer(id);
    if (transfer?.status === 'processing') move(transfer, 'outgoing_payment_sent');
  };
  const isDeciding = ({ status, due }: StoredTransfer) => status === 'processing' && !due.length;
  for (const transfer of store.transfers().filter(isDeciding)) {
    later.schedule(() => arrive(transfer.id));
  }
  return {
    move: (transfer, status) => move(transfer, status),
    keep: (transfer, before) => keep(settings, transfer, before),
    paid: (transfer, faults) => {
      const paidAtMs = now();
      const about = faultsOf(transfer.reference);
      if (faults.strikes('pending')) {
        move({ ...transfer, paidAtMs }, 'processing');
        later.schedule(() => arrive(transfer.id));
        return;
      }
      const due = faults.strikes('bounces') ? bounceAfter(paidAtMs) : [];
      const events: WebhookEvent[] = [];
      let last: StoredTransfer = { ...transfer, paidAtMs, due };
      for (const [step, status] of usualWay.entries()) {
        const before = last.status;
        last = withStatus(last, status, paidAtMs + step);
        events.push(...changeEvents(last, before, settings.profileId));
      }
      store.put(last);
      tell(settings.webhooks, events, about);
    },
    catchUp: () => {
      for (const { id } of store.transfers()) catchUp(id);
    },
  };

  function catchUp(id: number): void {
    for (;;) {
      const transfer = store.transfer(id);
      const next = transfer && nextDue(transfer, now());
      if (transfer === undefined || next === undefined) return;
      move({ ...transfer, due: transfer.due.slice(1) }, next.status, next.atMs);
    }
  }
}

/** Swapped: the last one at once, and those before it late. */
function tell(webhooks: WiseSender, events: readonly WebhookEvent[], about: WiseFaults): void {
  const late: Pick<WiseFaults, 'strikes'> = {
    strikes: (name) => name === 'lateWebhook' || about.strikes(name),
  };
  const isSwapped = about.strikes('swapped');
  for (const event of events) {
    webhooks.send(event, isSwapped && event !== events.at(-1) ? late : about);
  }
}

function keep(
  { books, faultsOf, profileId, webhooks }: DeskSettings,
  transfer: StoredTransfer,
  before: TransferStatus,
): void {
  books.store.put(transfer);
  for (const event of changeEvents(transfer, before, profileId)) {
    webhooks.send(event, faultsOf(transfer.reference));
  }
}
