import { type Change, latest, type StoredBatch, takenAtMs } from './store.ts';

export interface Pace {
  /** From taken to being worked on, and from then to its end. */
  readonly stepMs: number;
  readonly now: () => number;
}

const dayMs = 86_400_000;
const unclaimedDays = 30;

/** The next thing that happens to it by itself, if its time has come. */
export function nextChange(batch: StoredBatch, { stepMs, now }: Pace): Change | undefined {
  const { batch: status, item, atMs } = latest(batch);
  const due = (afterMs: number, change: Omit<Change, 'atMs'>): Change | undefined =>
    now() >= atMs + afterMs ? { ...change, atMs: atMs + afterMs } : undefined;
  if (item === 'UNCLAIMED') {
    return due(unclaimedDays * dayMs, { batch: status, item: 'RETURNED' });
  }
  if (batch.isStuck || item !== 'PENDING') return undefined;
  if (status === 'PENDING') return due(stepMs, { batch: 'PROCESSING', item: 'PENDING' });
  return due(stepMs, endOf(batch));
}

/** Nobody's at PayPal yet; the other one is what a sandbox is certified with. */
const strangers = /(\.unregistered\.test|^certification@example\.com)$/;

/** Phone numbers belong to nobody either. */
function endOf({ recipientType, receiver }: StoredBatch): Omit<Change, 'atMs'> {
  const isStranger = recipientType === 'PHONE' || strangers.test(receiver);
  if (isStranger) return { batch: 'SUCCESS', item: 'UNCLAIMED', error: 'RECEIVER_UNREGISTERED' };
  if (recipientType === 'PAYPAL_ID' && !/^[A-Z2-9]{13}$/.test(receiver)) {
    return { batch: 'DENIED', item: 'FAILED', error: 'RECEIVER_ACCOUNT_INVALID' };
  }
  return { batch: 'SUCCESS', item: 'SUCCESS' };
}

export interface Movement {
  readonly id: string;
  readonly code: 'T0001' | 'T1503' | 'T1105' | 'T1114' | 'T1115';
  readonly atMs: number;
  readonly currency: string;
  readonly hundredths: bigint;
  readonly feeHundredths: bigint;
  readonly senderItemId: string | null;
  /** Of what came back: the payment. */
  readonly originalId?: string;
}

/** Of the payment: the third movement, after money was set aside and given back. */
export function transactionIdOf({ itemId }: StoredBatch): string {
  return `${itemId}X2`;
}

/**
 * What a batch has moved on the account: money is set aside when it is taken, given back when it
 * has been worked on, and paid where it was; what comes back later comes with its fee.
 */
export function movementsOf(batch: StoredBatch): readonly Movement[] {
  const { currency, senderItemId } = batch;
  const [amount, fee] = [BigInt(batch.hundredths), BigInt(batch.feeHundredths)];
  const movements: Movement[] = [];
  type Parts = Omit<Movement, 'id' | 'currency'>;
  const move = (parts: Parts) =>
    movements.push({ id: `${batch.itemId}X${movements.length}`, currency, ...parts });
  const ofBatch = { feeHundredths: 0n, senderItemId: null };
  const total = amount + fee;
  move({ ...ofBatch, code: 'T1503', atMs: takenAtMs(batch), hundredths: -total });
  let isHeld = true;
  let isPaid = false;
  for (const { item, atMs } of batch.changes) {
    if (isHeld && item !== 'PENDING' && item !== 'ONHOLD') {
      move({ ...ofBatch, code: 'T1105', atMs, hundredths: total });
      isHeld = false;
    }
    if (!isPaid && (item === 'SUCCESS' || item === 'UNCLAIMED')) {
      move({ code: 'T0001', atMs, hundredths: -amount, feeHundredths: -fee, senderItemId });
      isPaid = true;
    } else if (isPaid && item !== 'SUCCESS' && item !== 'UNCLAIMED') {
      const code = item === 'REVERSED' ? 'T1114' : 'T1115';
      const back = { code, atMs, hundredths: amount, feeHundredths: fee } as const;
      move({ ...back, senderItemId, originalId: transactionIdOf(batch) });
      isPaid = false;
    }
  }
  return movements;
}
