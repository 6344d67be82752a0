import { describe, expect, it } from 'vitest';
import {
  isDefiniteNo,
  isFinal,
  lookUpDelaySeconds,
  mayClaim,
  mustLookUp,
  type Order,
  type OrderState,
} from '../../../../../shared/domain/redemption/order.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';

const now = instantOf(1_000_000);

function order(parts: Partial<Order> = {}): Order {
  return {
    ...{ redemption: 'r', attempt: 1, provider: 'tremendous', products: ['P'], payloadHash: 'h' },
    ...{ state: 'open', call: 0, claimedUntil: instantOf(0), undecidedUntil: instantOf(0) },
    ...{ since: instantOf(0), tried: [] },
    reasons: [],
    ...parts,
  };
}

const states: OrderState[] = ['open', 'accepted', 'closing', 'captured', 'released'];

describe('an order row', () => {
  it('is final once captured or released', () => {
    expect(states.filter((state) => isFinal(order({ state })))).toEqual(['captured', 'released']);
  });

  it('may be claimed while a provider can still say something', () => {
    expect(states.filter((state) => mayClaim(order({ state }), now))).toEqual(['open', 'accepted']);
  });

  it('has one caller at a time, until the claim runs out', () => {
    const claimed = order({ call: 3, claimedUntil: instantOf(now + 1) });
    expect(mayClaim(claimed, now)).toBe(false);
    expect(mayClaim(claimed, now, { attempt: 1, call: 2 })).toBe(false);
    expect(mayClaim(claimed, instantOf(now + 1))).toBe(true);
  });

  it('need not be waited for by the caller whose own call has ended', () => {
    const claimed = order({ call: 3, claimedUntil: instantOf(now + 1) });
    expect(mayClaim(claimed, now, { attempt: 1, call: 3 })).toBe(true);
    expect(mayClaim({ ...claimed, attempt: 2 }, now, { attempt: 1, call: 3 })).toBe(false);
    expect(mayClaim({ ...claimed, state: 'closing' }, now, { attempt: 1, call: 3 })).toBe(false);
  });

  it('is looked up before anything is sent again', () => {
    expect(mustLookUp(order())).toBe(false);
    expect(mustLookUp(order({ call: 1 }))).toBe(true);
  });

  it('takes no for a no when nothing sent earlier can still take effect', () => {
    expect(isDefiniteNo(order(), now)).toBe(true);
    expect(isDefiniteNo(order({ undecidedUntil: instantOf(now + 1) }), now)).toBe(false);
    expect(isDefiniteNo(order({ undecidedUntil: now }), now)).toBe(true);
  });
});

describe('look-ups', () => {
  it('wait twice as long each time, up to what a queue can delay', () => {
    const delays = [0, 1, 2, 3, 4, 9, 10, 11, 12, 100].map(lookUpDelaySeconds);
    expect(delays).toEqual([1, 1, 2, 4, 8, 256, 512, 900, 900, 900]);
  });
});
