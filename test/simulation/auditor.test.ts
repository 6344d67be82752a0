import { describe, expect, it } from 'vitest';
import { type AskedRedemption, audit, type Evidence, type SentEvent } from './auditor.ts';

const redemption = '01234567-89ab-8def-8123-456789abcd00';
const reward = '01234567-89ab-8def-8123-456789abcd01';

function event(parts: Partial<SentEvent> = {}): SentEvent {
  const order = { id: 'o1', member: 'ann', type: 'order.placed', amountMinor: 200_000 };
  return { ...order, text: 'one', outcome: 'accrued', ...parts };
}

function asked(parts: Partial<AskedRedemption> = {}): AskedRedemption {
  const about = { key: 'k1', text: 'ten', member: 'ann', amountMinor: 1000 };
  return { ...about, outcome: 'held', redemption, ...parts };
}

/** A run in which ann earned 2,000 points and had a card for 1,000 of them. */
function evidence(parts: Partial<Evidence> = {}): Evidence {
  return {
    events: [event(), event({ outcome: 'duplicate' })],
    redemptions: [asked(), asked({ outcome: 'repeated' })],
    entries: [{ legs: [] }],
    ...balance(1000n),
    orders: new Map([[redemption, { state: 'captured' }]]),
    settlements: new Map([[redemption, ['one']]]),
    rewards: [reward],
    ...parts,
  };
}

const notYet = { pending: 0n, vesting: new Map<string, bigint>() };

/** Ann's points of which some wait for a day, and the legs that set them aside. */
function vesting(points: bigint, told: bigint): Partial<Evidence> {
  const lots = new Map([['280401', 1000n - points]]);
  const balance = { ...notYet, lots, debt: 0n, vesting: new Map([['270101', points]]) };
  const account = { kind: 'pending', member: 'ann', vestOn: '270101' };
  const legs = [
    { account, unit: 'PTS', amount: told },
    { account: { kind: 'issued' }, unit: 'PTS', amount: -told },
  ];
  return { entries: [{ legs }], balances: [{ member: 'ann', balance }] };
}

function balance(points: bigint, debt = 0n): Pick<Evidence, 'balances'> {
  const lots = new Map([['280401', points]]);
  return { balances: [{ member: 'ann', balance: { ...notYet, lots, debt } }] };
}

describe('the auditor', () => {
  it('finds nothing where every promise was kept', () => {
    expect(audit(evidence())).toEqual([]);
    expect(audit(evidence(vesting(300n, 300n)))).toEqual([]);
  });

  const leg = { account: { kind: 'issued' }, unit: 'PTS', amount: 1n };
  const returned = (amountMinor: number, of?: string) => {
    const parts = { id: `r${amountMinor}`, type: 'order.returned', amountMinor };
    return event({ ...parts, outcome: 'returned', ...(of !== undefined && { of }) });
  };
  const broken: [string, Partial<Evidence>, string][] = [
    ['two bodies booked', { events: [event(), event({ text: 'two' })] }, 'P1'],
    ['a conflict with itself', { events: [event(), event({ outcome: 'conflict' })] }, 'P1'],
    [
      'a duplicate of nothing',
      { events: [event({ outcome: 'duplicate' })], ...balance(-1000n) },
      'P1',
    ],
    ['two redemptions of a key', { redemptions: [asked(), asked({ text: 'other' })] }, 'P1'],
    ['two rewards', { rewards: [reward, reward.replace(/1$/, '2')] }, 'P2'],
    ['no reward', { rewards: [] }, 'P2'],
    ['a reward that nobody asked for', { rewards: [reward, reward.replace('0', 'f')] }, 'P2'],
    ['two settlements', { settlements: new Map([[redemption, ['one', 'two']]]) }, 'P2'],
    [
      'a redemption that is lost',
      { redemptions: [asked(), asked({ key: 'k2', redemption: 'x' })] },
      'P3',
    ],
    ['points too many', balance(1001n), 'P4'],
    ['points too few', balance(999n), 'P4'],
    ['a lot below zero', balance(-1000n), 'P4'],
    ['legs left over', { entries: [{ legs: [leg] }] }, 'P4'],
    ['points that vest, too many', vesting(300n, 200n), 'P4'],
    ['points that vest, lost', { ...balance(1000n), entries: vesting(0n, 1n).entries ?? [] }, 'P4'],
    ['no balance', { balances: [] }, 'P4'],
    ['a return not taken', { events: [event(), returned(50_000)] }, 'P4'],
    [
      'more taken than earned',
      { events: [event(), returned(300_000, 'o1')], ...balance(0n, 2000n) },
      'P4',
    ],
  ];

  it.each(broken)('sees %s', (_, parts, promise) => {
    const findings = audit(evidence(parts));
    expect(findings.some((finding) => finding.startsWith(promise))).toBe(true);
  });
});
