import type { AwardRecord, Entry } from '../../shared/domain/ledger/entry.ts';
import type { Posting } from '../../shared/ports/ledger.ts';
import { dayIn } from './available.ts';
import { type CapJson, worthOf } from './cap-programs.ts';
import { dayMs, type Sent } from './stage.ts';

interface Setting {
  readonly caps: readonly CapJson[];
  readonly timeZone: string;
  /** Local days. */
  readonly enrolledOn: ReadonlyMap<string, string>;
  /** By the hash of their entry. */
  readonly events: ReadonlyMap<string, Sent>;
}

/** The window of a day as a text, by plain calendar sums. */
function windowOf(window: string | undefined, day: string, since: string | undefined): string {
  const year = Number(day.slice(0, 4));
  if (window === 'day') return day;
  if (window === 'month') return day.slice(0, 7);
  if (window === 'quarter') return `${year} q${Math.floor((Number(day.slice(5, 7)) - 1) / 3)}`;
  // 1970-01-01 was a Thursday: weeks begin on day 4 of the epoch.
  if (window === 'week') return `week ${Math.floor((Date.parse(day) / dayMs - 4) / 7)}`;
  if (window === 'membershipYear' && since !== undefined) {
    return `member ${day.slice(5) >= since.slice(5) ? year : year - 1}`;
  }
  return window === 'lifetime' ? '' : `${year}`;
}

/** What one window of a cap has given, less what came back. */
interface Use {
  readonly cap: CapJson;
  readonly window: string;
  readonly value: string | undefined;
  points: bigint;
  times: bigint;
  /** What the transaction under way was allowed, by the levels of its events. */
  limit: bigint;
}

/**
 * Goes through the transactions as they were booked and sums awards by cap and window; what a
 * return took comes off again. Tells every window that stood beyond its cap after one of them, and
 * every award that was cut for nothing.
 */
export class CapOracle {
  readonly findings: string[] = [];
  readonly #setting: Setting;
  readonly #uses = new Map<string, Use>();
  readonly #undo = new Map<string, (() => void)[]>();

  constructor(setting: Setting, postings: readonly Posting[]) {
    this.#setting = setting;
    for (const { entries } of postings) {
      const touched = new Set(entries.flatMap((entry) => this.#count(entry)));
      this.findings.push(...[...touched].flatMap((use) => this.#beyond(use)));
    }
  }

  #count(entry: Entry): Use[] {
    const event = entry.key.at === 'event' ? this.#setting.events.get(entry.key.hash) : undefined;
    if (event === undefined) return [];
    if (entry.kind === 'return' && entry.explanation.reason !== 'WAITING_FOR_ORIGINAL') {
      for (const undo of this.#undo.get(event.of ?? '') ?? []) undo();
      this.#undo.delete(event.of ?? '');
    }
    return (entry.awards ?? []).flatMap((award) => this.#award(award, entry, event));
  }

  #award(award: AwardRecord, entry: Entry, event: Sent): Use[] {
    const caps = this.#setting.caps.filter(({ rules }) => rules?.includes(award.rule) ?? true);
    const worth = worthOf(award.rule, event.amountMinor ?? 0);
    const isWhole = caps.every(({ beyond }) => beyond === 'nothing');
    if (award.points > worth || (isWhole && award.points !== worth)) {
      this.findings.push(`${event.id}: ${award.rule} gave ${award.points} of ${worth}`);
    }
    const uses = caps.map((cap) => this.#useOf(cap, entry, event));
    const add = (sign: bigint) => {
      for (const use of uses) {
        use.points += sign * award.points;
        use.times += sign;
      }
    };
    add(1n);
    this.#undo.set(event.id, [...(this.#undo.get(event.id) ?? []), () => add(-1n)]);
    return uses;
  }

  #useOf(cap: CapJson, entry: Entry, event: Sent): Use {
    const { timeZone, enrolledOn } = this.#setting;
    const day = dayIn(timeZone, entry.occurredAt);
    const stretch = windowOf(cap.window, day, enrolledOn.get(entry.member));
    const own = cap.per === 'event' ? `event ${event.id}` : `${entry.member} ${stretch}`;
    const shop = cap.by === undefined ? undefined : event.data?.shop;
    const value = shop === undefined ? undefined : String(shop);
    const window = `${cap.id} ${own}`;
    const key = `${window} ${value}`;
    const limit = limitOf(cap, entry.explanation.inputs?.tier ?? '');
    const use = this.#uses.get(key) ?? { cap, window, value, points: 0n, times: 0n, limit };
    if (limit > use.limit) use.limit = limit;
    this.#uses.set(key, use);
    return use;
  }

  /** After the transaction; the next one brings limits of its own. */
  #beyond(use: Use): string[] {
    const { cap, window, value, points, times, limit } = use;
    use.limit = 0n;
    const found: string[] = [];
    if (cap.points !== undefined && points > limit) found.push(`${points} points of ${limit}`);
    if (cap.times !== undefined && times > BigInt(cap.times)) {
      found.push(`${times} times of ${cap.times}`);
    }
    const most = cap.by?.maximumValues;
    const values = [...this.#uses.values()].filter((other) => {
      return other.window === window && other.value !== undefined && other.times > 0n;
    });
    if (most !== undefined && values.length > most)
      found.push(`${values.length} values of ${most}`);
    return found.map((text) => `${window} ${value}: ${text}`);
  }
}

function limitOf({ points = 0 }: CapJson, tier: string): bigint {
  return BigInt(typeof points === 'number' ? points : (points.byTier[tier] ?? points.otherwise));
}
