/**
 * Judges a finished run from the outside: from what customers sent and were told, what the
 * provider's own books say, and the stored rows as plain data. It knows the sample program by heart
 * (a point for a major unit, a point for a penny of reward) and shares no code with the domain.
 */

export interface SentEvent {
  readonly id: string;
  readonly member: string;
  readonly type: string;
  readonly amountMinor: number;
  readonly of?: string;
  /** The body as sent: equal texts are equal bodies. */
  readonly text: string;
  /** `accrued`, `returned`, `duplicate`, `conflict` or a refusal's code. */
  readonly outcome: string;
}

export interface AskedRedemption {
  readonly key: string;
  readonly text: string;
  readonly member: string;
  readonly amountMinor: number;
  /** `held`, `repeated` or a refusal's code. */
  readonly outcome: string;
  readonly redemption?: string;
}

interface StoredLeg {
  readonly account: {
    readonly kind: string;
    readonly member?: string;
    readonly vestOn?: string;
    readonly provider?: string;
  };
  readonly unit: string;
  readonly amount: bigint;
}

export interface Evidence {
  readonly events: readonly SentEvent[];
  readonly redemptions: readonly AskedRedemption[];
  readonly entries: readonly { readonly legs: readonly StoredLeg[] }[];
  readonly balances: Iterable<{
    readonly member: string;
    readonly balance: {
      readonly lots: ReadonlyMap<string, bigint>;
      readonly debt: bigint;
      readonly pending: bigint;
      readonly vesting: ReadonlyMap<string, bigint>;
    };
  }>;
  readonly orders: ReadonlyMap<string, { readonly state: string }>;
  readonly settlements: ReadonlyMap<string, readonly unknown[]>;
  readonly reopenings?: ReadonlyMap<string, readonly unknown[]>;
  /** What the provider will charge for, by our reference. */
  readonly rewards: readonly string[];
  /** What each provider's own books say that we owe, in minor units. */
  readonly owed?: ReadonlyMap<string, bigint>;
}

/** Everything that is wrong, as sentences; nothing when all promises were kept. */
export function audit(evidence: Evidence): string[] {
  return [
    ...auditOnce(evidence),
    ...auditRewards(evidence),
    ...auditNothingLost(evidence),
    ...auditBalances(evidence),
    ...auditProviders(evidence),
  ];
}

/** P1: one body for each id has an effect, whatever else was sent under it. */
function auditOnce({ events }: Evidence): string[] {
  return [...grouped(events, ({ id }) => id)].flatMap(([id, sent]) => {
    const booked = new Set(sent.filter(isBooked).map(({ text }) => text));
    if (booked.size > 1) return [`P1: event ${id} was booked with ${booked.size} bodies.`];
    const wrong = sent.filter(({ text, outcome }) => {
      if (outcome === 'duplicate') return !booked.has(text);
      return outcome === 'conflict' && booked.has(text);
    });
    return wrong.map(({ outcome }) => `P1: event ${id} was wrongly called a ${outcome}.`);
  });
}

/** P2: a redemption has one reward where it was captured, none where it was released, never two. */
function auditRewards({ orders, settlements, rewards, ...rest }: Evidence): string[] {
  const counts = new Map<string, number>();
  for (const reference of rewards) {
    const redemption = `${reference.slice(0, -2)}00`;
    counts.set(redemption, (counts.get(redemption) ?? 0) + 1);
  }
  return [...new Set([...orders.keys(), ...counts.keys()])].flatMap((redemption) => {
    const state = orders.get(redemption)?.state ?? 'unknown';
    const count = counts.get(redemption) ?? 0;
    const undone = rest.reopenings?.get(redemption)?.length ?? 0;
    const settled = (settlements.get(redemption)?.length ?? 0) - undone;
    if (count === (state === 'captured' ? 1 : 0) && settled === 1) return [];
    return [`P2: ${redemption} is ${state}, with ${count} rewards and ${settled} settlements.`];
  });
}

/** P3: what was accepted has ended; what was asked twice is one. */
function auditNothingLost({ redemptions, orders }: Evidence): string[] {
  const accepted = redemptions.filter(({ redemption }) => redemption !== undefined);
  const open = accepted.filter(({ redemption = '' }) => {
    const state = orders.get(redemption)?.state;
    return state !== 'captured' && state !== 'released';
  });
  const twice = [...grouped(accepted, ({ key }) => key)].filter(([, asked]) => {
    return new Set(asked.map(({ redemption, text }) => `${redemption} ${text}`)).size > 1;
  });
  return [
    ...open.map(({ key }) => `P3: redemption ${key} was accepted and never ended.`),
    ...twice.map(([key]) => `P1: key ${key} stands for two redemptions.`),
  ];
}

/**
 * P4: entries sum to zero; balances are what a plain sum says, with no lot and no debt below zero;
 * what is not spendable yet is what the entries set aside.
 */
function auditBalances(evidence: Evidence): string[] {
  const findings: string[] = [];
  const { entries } = evidence;
  for (const { legs } of entries) {
    const sums = new Map<string, bigint>();
    for (const { unit, amount } of legs) sums.set(unit, (sums.get(unit) ?? 0n) + amount);
    for (const [unit, sum] of sums) if (sum !== 0n) findings.push(`P4: ${sum} ${unit} left over.`);
  }
  const expected = expectedPoints(evidence);
  const waiting = waitingPoints(entries);
  for (const { member, balance } of evidence.balances) {
    const { lots, debt, pending, vesting } = balance;
    const all = [...lots.values(), ...vesting.values(), pending];
    const held = all.reduce((sum, points) => sum + points, 0n) - debt;
    const plain = expected.get(member) ?? 0n;
    if (held !== plain) findings.push(`P4: ${member} has ${held}, a plain sum says ${plain}.`);
    const below = [...all, debt].some((amount) => amount < 0n);
    if (below) findings.push(`P4: ${member} has a lot or a debt below zero.`);
    const told = waiting.get(member) ?? new Map<string, bigint>();
    for (const [day, points] of [['', pending] as const, ...vesting]) {
      const sum = told.get(day) ?? 0n;
      told.delete(day);
      if (sum !== points) findings.push(`P4: ${member} waits for ${points}, entries say ${sum}.`);
    }
    const lost = [...told.values()].some((points) => points !== 0n);
    if (lost) findings.push(`P4: ${member} has lost points that were to vest.`);
    expected.delete(member);
  }
  for (const [member, points] of expected) {
    if (points !== 0n) findings.push(`P4: ${member} has no balance, and should have ${points}.`);
  }
  return findings;
}

/** P4: what the books owe each provider is what its own books say. */
function auditProviders({ entries, owed }: Evidence): string[] {
  const booked = new Map<string, bigint>();
  for (const { account, amount } of entries.flatMap(({ legs }) => legs)) {
    if (account.kind !== 'providerPayable' || account.provider === undefined) continue;
    booked.set(account.provider, (booked.get(account.provider) ?? 0n) - amount);
  }
  return [...(owed ?? [])].flatMap(([provider, charged]) => {
    const told = booked.get(provider) ?? 0n;
    return told === charged ? [] : [`P4: ${provider} is owed ${told}, its books say ${charged}.`];
  });
}

/** Points that are not spendable yet, by member and the day they vest; no day: by an event. */
function waitingPoints(
  entries: readonly { readonly legs: readonly StoredLeg[] }[],
): Map<string, Map<string, bigint>> {
  const points = new Map<string, Map<string, bigint>>();
  for (const { account, amount } of entries.flatMap(({ legs }) => legs)) {
    if (account.kind !== 'pending' || account.member === undefined) continue;
    const days = points.get(account.member) ?? new Map<string, bigint>();
    const day = account.vestOn ?? '';
    points.set(account.member, days.set(day, (days.get(day) ?? 0n) + amount));
  }
  return points;
}

function expectedPoints({ events, redemptions, orders }: Evidence): Map<string, bigint> {
  const points = new Map<string, bigint>();
  const add = (member: string, amount: bigint) =>
    points.set(member, (points.get(member) ?? 0n) + amount);
  const booked = [...grouped(events.filter(isBooked), ({ id }) => id)].flatMap(
    ([, [it]]) => it ?? [],
  );
  const placed = booked.filter(({ type }) => type === 'order.placed');
  const returns = booked.filter(({ type }) => type === 'order.returned');
  for (const order of placed) {
    const earned = worth(order);
    const named = returns.filter(({ of, member }) => of === order.id && member === order.member);
    const back = named.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n);
    const all = BigInt(order.amountMinor);
    // A return takes its part of what the order earned, rounded down over all returns.
    add(order.member, back < all ? earned - (earned * back) / all : 0n);
  }
  for (const it of returns) if (it.of === undefined) add(it.member, -worth(it));
  const captured = redemptions.filter(({ redemption = '', outcome }) => {
    return outcome === 'held' || outcome === 'repeated'
      ? orders.get(redemption)?.state === 'captured'
      : false;
  });
  for (const [, [one]] of grouped(captured, ({ key }) => key)) {
    if (one) add(one.member, -BigInt(one.amountMinor));
  }
  return points;
}

function isBooked({ outcome }: SentEvent): boolean {
  return outcome === 'accrued' || outcome === 'returned';
}

function worth({ amountMinor }: SentEvent): bigint {
  return BigInt(amountMinor) / 100n;
}

function grouped<Item>(items: Iterable<Item>, key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
