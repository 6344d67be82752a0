import * as z from 'zod/mini';
import type { PendingAward } from '../earning/pending.ts';
import { type PendingRecord, pendingRecordOf, pendingWrite } from '../earning/pending.ts';
import {
  type Decision,
  type DueWork,
  emptyDecision,
  type Movement,
  type RecordWrite,
} from '../member/decision.ts';
import { balanceIn, type MemberSnapshot, recordOf, recordsOf } from '../member/snapshot.ts';
import { type Retirement, retirementOf } from '../money/currency.ts';
import { formatFraction } from '../money/fraction.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import { type Program, unitsOf } from '../program/schema.ts';
import { type Instant, localDateAt, startOfDay } from '../time.ts';
import { type Holdings, neverLot } from './balance.ts';
import { expiryOf } from './expiry.ts';
import { RunningExchange } from './running-exchange.ts';

export interface MigrationInput {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly now: Instant;
}

/** How often a wallet has migrated: what comes late in the old currency migrates once more. */
const migrationRecord = z.strictObject({ times: z.int() });

/** Of what waits: a transaction has 100 items. What is left comes in a further entry. */
const maximumWrites = 60;

/**
 * Wallets of currencies that are retired by now, with anything left in them: all of it becomes the
 * successor's by the law's fixed rate, at the start of the first day without the old currency.
 */
export function migrationsDue({ compiled, snapshot, now }: MigrationInput): DueWork[] {
  const { program } = compiled;
  const units = new Set([...snapshot.balances.keys(), ...unitsOf(program)]);
  const ending = [...units].filter((unit) => retirementOf(unit) !== undefined);
  if (ending.length === 0) return [];
  const today = localDateAt(now, program.timeZone);
  return ending.flatMap((unit) => {
    const retirement = retirementOf(unit);
    if (retirement === undefined || retirement.from > today) return [];
    const leaving = leavingOf(snapshot, unit);
    if (isNothing(leaving)) return [];
    const record = recordOf(snapshot, 'occasion', recordId(unit));
    const times = record === undefined ? 0 : z.parse(migrationRecord, record.value).times;
    const counted: RecordWrite = {
      ...{ member: snapshot.member, kind: 'occasion', id: recordId(unit) },
      ...(record !== undefined && { version: record.version }),
      next: { times: times + 1 },
    };
    return [
      {
        at: startOfDay(retirement.from, program.timeZone),
        id: `migration:${unit}:${times}:${snapshot.member}`,
        decision: withRecord(migration({ program, snapshot, retirement, leaving }), counted),
      },
    ];
  });
}

function recordId(unit: string): string {
  return `migration:${unit}`;
}

function withRecord(decision: Decision, record: RecordWrite): Decision {
  return { ...decision, records: [...decision.records, record] };
}

interface Leaving {
  /** The member's own; `pending` is counted in `waiting`. */
  readonly own: Holdings;
  /** Records of the member with awards that wait for an event, whoever they are for. */
  readonly waiting: readonly PendingRecord[];
}

/**
 * What waits for an event migrates with the record that says so, also another member's part: it
 * stays in their old wallet until the member who earned it for them migrates.
 */
function leavingOf(snapshot: MemberSnapshot, unit: string): Leaving {
  const { lots, vesting, debt } = balanceIn(snapshot, unit);
  const own = { lots: filled(lots), vesting: filled(vesting), pending: 0n, debt };
  return { own, waiting: waitingIn(snapshot, unit) };
}

function filled<Key extends string>(held: ReadonlyMap<Key, bigint>): ReadonlyMap<Key, bigint> {
  const kept = [...held].filter(([, points]) => points !== 0n);
  return new Map(kept.sort(([left], [right]) => (left < right ? -1 : 1)));
}

function waitingIn(snapshot: MemberSnapshot, unit: string): PendingRecord[] {
  const members = new Set([snapshot.member]);
  const chosen: PendingRecord[] = [];
  for (const { id } of recordsOf(snapshot, 'pending')) {
    const record = pendingRecordOf(snapshot, id);
    const awards = record?.awards.filter((award) => isWaiting(award, unit)) ?? [];
    if (record === undefined || awards.length === 0) continue;
    for (const { parts } of awards) for (const { member } of parts) members.add(member);
    if (chosen.length > 0 && chosen.length + 2 * members.size >= maximumWrites) break;
    chosen.push(record);
  }
  return chosen;
}

function isWaiting(award: PendingAward, unit: string): boolean {
  return award.unit === unit && award.state === 'waiting';
}

function isNothing({ own: { lots, vesting, debt }, waiting }: Leaving): boolean {
  return lots.size + vesting.size + waiting.length === 0 && debt === 0n;
}

/**
 * One exchange for all: debt, lots, vesting days and what waits follow each other on a running sum
 * that is rounded half up, so that the wallet is rounded once and its parts sum exactly. Debt comes
 * first: half a minor unit of it is the member's.
 */
function migration({
  program,
  snapshot,
  retirement,
  leaving,
}: {
  readonly program: Program;
  readonly snapshot: MemberSnapshot;
  readonly retirement: Retirement;
  readonly leaving: Leaving;
}): Decision {
  const { member } = snapshot;
  const { currency: from, into: to, law } = retirement;
  const running = new RunningExchange(retirement);
  const { own } = leaving;
  const debt = -running.next(-own.debt);
  const lots = new Map([...own.lots].map(([lot, points]) => [lot, running.next(points)]));
  const vesting = new Map([...own.vesting].map(([day, points]) => [day, running.next(points)]));
  const waiting = new WaitingExchange(leaving.waiting, from, to);
  const mine = waiting.exchange(running, (other) => other === member);
  const { fromMinor, toMinor } = running.record();
  const others = waiting.exchange(running, (other) => other !== member);
  const out = { ...own, pending: mine.get(member)?.out ?? 0n };
  const into = { lots, vesting, pending: mine.get(member)?.into ?? 0n, debt };
  const exchange = running.record();
  const movements: Movement[] = [
    { kind: 'migrate', member, unit: from, way: 'out', holdings: out },
    ...[...others].map(([other, moved]) => pendingMove(other, from, 'out', moved.out)),
    { kind: 'exchange', member, unit: to, through: 'converted', exchange },
    { kind: 'migrate', member, unit: to, way: 'in', holdings: into },
    ...[...others].map(([other, moved]) => pendingMove(other, to, 'in', moved.into)),
  ];
  const amounts = { amountMinor: `${fromMinor}`, gives: `${toMinor}` };
  const rate = { rate: formatFraction(exchange.rate), law, rounding: exchange.rounding };
  const inputs = { from, to, ...amounts, ...rate };
  return {
    ...emptyDecision('migration', { reason: 'CURRENCY_RETIRED', inputs }),
    movements,
    records: leaving.waiting.map((record) =>
      pendingWrite(member, record, waiting.awardsOf(record)),
    ),
    ...carriedMarks(program, snapshot, retirement),
  };
}

function pendingMove(member: string, unit: string, way: 'out' | 'in', pending: bigint): Movement {
  const holdings = { lots: new Map(), vesting: new Map(), pending, debt: 0n };
  return { kind: 'migrate', member, unit, way, holdings };
}

/** Where the successor's balance has no clock or warnings of its own, the old one's go on. */
function carriedMarks(
  program: Program,
  snapshot: MemberSnapshot,
  { currency, into }: Retirement,
): Pick<Decision, 'activeUntil' | 'warned'> {
  const [old, next] = [balanceIn(snapshot, currency), balanceIn(snapshot, into)];
  const { activeUntil = neverLot, warnedThrough } = old;
  const endsByInactivity = expiryOf(program, into)?.kind === 'inactivity';
  const isCarried = endsByInactivity && activeUntil !== neverLot && next.activeUntil === undefined;
  const isToldOn = warnedThrough !== undefined && next.warnedThrough === undefined;
  return {
    activeUntil: isCarried ? [{ unit: into, until: activeUntil }] : [],
    ...(isToldOn && { warned: [{ unit: into, through: warnedThrough }] }),
  };
}

interface Moved {
  readonly out: bigint;
  readonly into: bigint;
}

/** The waiting awards of some records as they become those of another currency, part by part. */
class WaitingExchange {
  readonly #records: readonly PendingRecord[];
  readonly #from: string;
  readonly #to: string;
  readonly #parts = new Map<PendingAward['parts'][number], bigint>();

  constructor(records: readonly PendingRecord[], from: string, to: string) {
    this.#records = records;
    this.#from = from;
    this.#to = to;
  }

  /** Sums by member of the parts that are moved on by this. */
  exchange(running: RunningExchange, isMoved: (member: string) => boolean): Map<string, Moved> {
    const sums = new Map<string, Moved>();
    const awards = this.#records.flatMap((record) => record.awards);
    for (const { parts } of awards.filter((award) => isWaiting(award, this.#from))) {
      for (const part of parts.filter(({ member }) => isMoved(member))) {
        const { out, into } = sums.get(part.member) ?? { out: 0n, into: 0n };
        const points = BigInt(part.points);
        const given = running.next(points);
        this.#parts.set(part, given);
        sums.set(part.member, { out: out + points, into: into + given });
      }
    }
    return sums;
  }

  awardsOf({ awards }: PendingRecord): PendingAward[] {
    return awards.map((award) => {
      if (!isWaiting(award, this.#from)) return award;
      const parts = award.parts.map((part) => ({
        ...part,
        points: `${this.#parts.get(part) ?? 0n}`,
      }));
      return { ...award, unit: this.#to, parts };
    });
  }
}
