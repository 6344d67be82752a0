import { describe, expect, it } from 'vitest';
import { type Fields, toImage } from '../../../../../shared/adapters/dynamodb/attributes.ts';
import { payoutChoiceChanges } from '../../../../../shared/adapters/dynamodb/choice-changes.ts';
import { payoutChoiceKey } from '../../../../../shared/adapters/dynamodb/payout-keys.ts';
import { tellPayoutChoices } from '../../../../../shared/app/payouts/tell-choices.ts';
import { busEvents } from '../../../../../shared/contracts/api/bus-events.ts';
import { noticeSchema } from '../../../../../shared/contracts/notices.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import type { PublishedEvent } from '../../../../../shared/ports/runtime.ts';

const owner = { program: 'cashback', member: 'ann#1%' };
const chosenAt = instantOf(Date.UTC(2026, 5, 15, 12));

/** As the store writes it. */
const image = (more: Fields = {}) =>
  toImage({
    ...payoutChoiceKey(owner),
    ...{ rl: 'bank', cu: 'EUR', co: 'DE', o: chosenAt, v: 2, w: 'x' },
    ...{ py: 'sealed', pt: 'iban', pe: '2051', ...more },
  });

const changed = {
  ...{ ...owner, change: 'chosen', rail: 'bank', chosenAt, version: 2 },
  payee: { kind: 'iban', ending: '2051' },
};

describe('choices in the stream of the table', () => {
  it('are told with whom they were made and what may be shown of whom they pay', () => {
    expect(payoutChoiceChanges([{ newImage: image(), oldImage: image({ v: 1 }) }])).toEqual([
      changed,
    ]);
    expect(payoutChoiceChanges([{ newImage: image({ pt: undefined, pe: undefined }) }])).toEqual([
      { ...owner, change: 'chosen', rail: 'bank', chosenAt, version: 2 },
    ]);
  });

  it('are told when they are removed, and are not taken for entries', () => {
    const entry = { newImage: { k: { S: 'accrual' } } };
    expect(payoutChoiceChanges([entry, { oldImage: image() }, {}])).toEqual([
      { ...changed, change: 'removed' },
    ]);
  });

  it('lie in partitions of their own: members, and runs, may be called CHOICE', () => {
    for (const pk of ['cashback#N#13', 'cashback#YR', 'cashback#M#ann']) {
      expect(payoutChoiceChanges([{ newImage: toImage({ pk, sk: 'CHOICE' }) }])).toEqual([]);
    }
  });

  it('reach the bus as it is written down, and notices', async () => {
    const told: PublishedEvent[] = [];
    const publish = async (some: readonly PublishedEvent[]) => void told.push(...some);
    await tellPayoutChoices({ publish }, payoutChoiceChanges([{ newImage: image() }]));
    expect(told).toEqual([
      {
        type: 'payout-choice.changed.v1',
        detail: { ...changed, chosenAt: '2026-06-15T12:00:00.000Z' },
      },
    ]);
    const [{ type, detail } = { type: '', detail: {} }] = told;
    expect(busEvents[type]?.detail.safeParse(detail).success).toBe(true);
    expect(noticeSchema.safeParse({ 'detail-type': type, detail }).success).toBe(true);
    expect(JSON.stringify(told)).not.toContain('sealed');
  });
});
