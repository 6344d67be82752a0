import { addDays, type LocalDate } from '../../shared/domain/time.ts';
import { type BankAct, type BankFile, takenIn } from '../providers/fake/bank-simulator.ts';
import type { ActOf, BankDays } from '../support/bank-days.ts';
import type { Faults } from './payout-faults.ts';

const hourMs = 3_600_000;
const paid: BankAct = { kind: 'paid' };
/** Neither paid nor back: nothing of it stands on this statement. */
const notNow: BankAct = { kind: 'rejected', reason: 'AC04' };

interface Surroundings {
  readonly days: BankDays;
  readonly faults: Faults;
  /** Done later, and again as long as it fails. */
  later(delayMs: number, work: () => Promise<unknown>): void;
}

/** The bank that is sent files: what it has paid and sent back stands in its own books. */
export class PayoutBank {
  /** By end-to-end id, the amounts as the files have them. */
  readonly standing = new Map<string, { readonly amount: string; readonly currency: string }>();
  readonly #around: Surroundings;
  readonly #acts = new Map<string, BankAct>();
  readonly #messages = new Set<string>();
  #taken = 0;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** The files of one morning; answers come in the hours and days after it. */
  async takeFiles(today: LocalDate): Promise<void> {
    const { days } = this.#around;
    try {
      await days.write(addDays(today, 1));
    } finally {
      for (const { text } of days.files.slice(this.#taken)) this.#take(takenIn(text));
      this.#taken = days.files.length;
    }
  }

  /** A bank pays the same file once. */
  #take(file: BankFile): void {
    if (this.#messages.has(file.messageId)) return;
    this.#messages.add(file.messageId);
    this.#work(file);
  }

  #work(file: BankFile): void {
    const { days, later } = this.#around;
    for (const { endToEndId } of file.payments) this.#acts.set(endToEndId, this.#drawn());
    const actOf: ActOf = (id) => this.#acts.get(id) ?? paid;
    const isBack = (id: string) => 'isLater' in actOf(id);
    this.#answer(2 * hourMs, () => days.report(file, actOf));
    const statement = days.statementText(file, (id) => (isBack(id) ? paid : actOf(id)));
    later(24 * hourMs, async () => this.#book(file));
    this.#answer(24 * hourMs, () => days.read(statement));
    if (!file.payments.some(({ endToEndId }) => isBack(endToEndId))) return;
    const second = days.statementText(file, (id) => (isBack(id) ? actOf(id) : notNow));
    later(7 * 24 * hourMs, async () => {
      for (const { endToEndId } of file.payments) {
        if (isBack(endToEndId)) this.standing.delete(endToEndId);
      }
    });
    this.#answer(7 * 24 * hourMs, () => days.read(second));
  }

  #drawn(): BankAct {
    const { faults } = this.#around;
    if (faults.strikes('bankRejected')) return { kind: 'rejected', reason: 'AC04' };
    if (faults.strikes('bankReturned')) return { kind: 'returned', reason: 'AC06' };
    if (!faults.strikes('bankReturnedLater')) return paid;
    return { kind: 'returned', reason: 'MS03', isLater: true, keptMinor: 50n };
  }

  #book(file: BankFile): void {
    for (const { amount, currency, endToEndId } of file.payments) {
      const act = this.#acts.get(endToEndId) ?? paid;
      const hasLeft = act.kind === 'paid' || 'isLater' in act;
      if (hasLeft) this.standing.set(endToEndId, { amount, currency });
    }
  }

  #answer(afterMs: number, read: () => Promise<unknown>): void {
    const { faults, later } = this.#around;
    later(afterMs, () => readAgain(read));
    if (!faults.strikes('bankAnsweredTwice')) return;
    later(afterMs + faults.dice.below(48 * hourMs), () => readAgain(read));
  }
}

/** An answer that was read before is refused, and nothing comes of it. */
async function readAgain(read: () => Promise<unknown>): Promise<void> {
  try {
    await read();
  } catch (error) {
    const isKnown = error instanceof Error && error.message.startsWith('ALREADY_READ');
    if (!isKnown) throw error;
  }
}
