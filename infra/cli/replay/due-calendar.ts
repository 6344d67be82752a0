import { compiledAt } from '../../../shared/app/booking/compiled-programs.ts';
import { nextDue } from '../../../shared/domain/member/due.ts';
import type { CompiledProgram } from '../../../shared/domain/program/compiled.ts';
import type { PublishedProgram } from '../../../shared/domain/program/version.ts';
import { addMs, type Instant, instantOf } from '../../../shared/domain/time.ts';
import type { LedgerStore } from '../../../shared/ports/ledger.ts';

interface Known {
  /** When something is due next; absent where nothing is by `through`. */
  readonly at?: Instant;
  readonly through: Instant;
}

interface Question {
  /** The version in force now. */
  readonly compiled: CompiledProgram;
  readonly published: PublishedProgram;
  readonly now: Instant;
  readonly until: Instant;
}

const dayMs = 86_400_000;

/**
 * When a program's schedules next have something to do, so that the days without are skipped. What
 * is due for a member is asked anew only after the member, or the version in force, has changed.
 */
export class DueCalendar {
  readonly #ledger: LedgerStore;
  readonly #program: string;
  readonly #end: Instant;
  /** By member; `undefined`: changed since. */
  readonly #members = new Map<string, Known | undefined>();
  #judgedBy: CompiledProgram | undefined;
  /** Something was posted since the schedules ran. */
  #changed = false;

  constructor(ledger: LedgerStore, program: string, end: Instant) {
    this.#ledger = ledger;
    this.#program = program;
    this.#end = end;
  }

  touch(members: Iterable<string>): void {
    for (const member of members) this.#members.set(member, undefined);
    this.#changed = true;
  }

  /** The schedules have run. */
  ran(): void {
    this.#changed = false;
  }

  /** Members who may have something due by an instant, at which a version is in force. */
  dueBy(instant: Instant, compiled: CompiledProgram): string[] {
    if (compiled !== this.#judgedBy) return [...this.#members.keys()];
    const due = [...this.#members].filter(([, known]) => {
      if (known === undefined) return true;
      return known.at !== undefined && known.at <= instant;
    });
    return due.map(([member]) => member);
  }

  /**
   * When the schedules have something to do, which may be past; `undefined`: not by `until`. A
   * version that comes into force is something to do: it may bring what the one before did not.
   */
  async next(question: Question): Promise<Instant | undefined> {
    const { compiled, published, now, until } = question;
    const through = until > this.#end ? until : this.#end;
    const change = published.find(({ from }) => from > now && from <= through)?.from;
    const asked = { ...question, until: change ?? through };
    const times = await this.#followUps(question);
    if (change !== undefined) times.push(change);
    if (compiled !== this.#judgedBy) this.touch([...this.#members.keys()]);
    this.#judgedBy = compiled;
    for (const [member, known] of this.#members) {
      const isKnown =
        known !== undefined && (known.at !== undefined || known.through >= asked.until);
      const fresh = isKnown ? known : await this.#look(member, asked);
      this.#members.set(member, fresh);
      if (fresh.at !== undefined) times.push(fresh.at);
    }
    return times.length === 0 ? undefined : instantOf(Math.min(...times));
  }

  /**
   * What is due late may hide what was due before it: of warnings that come together the last one
   * is given, and none of points that are gone. So it is asked again for the time before.
   */
  async #look(member: string, { compiled, now, until }: Question): Promise<Known> {
    const snapshot = await this.#ledger.readMember({ program: this.#program, member });
    let at: Instant | undefined;
    for (let before = until; before >= now; ) {
      const work = nextDue({ compiled, snapshot, now: before });
      if (work === undefined) break;
      at = instantOf(work.at);
      before = addMs(at, -1);
    }
    return { through: until, ...(at !== undefined && { at }) };
  }

  /** What was posted since may be what a follow-up waits for; at its age it becomes a case. */
  async #followUps({ published, now }: Question): Promise<Instant[]> {
    const times: Instant[] = [];
    for await (const { event, waitingSince } of this.#ledger.waitingFollowUps(this.#program)) {
      if (this.#changed) return [now];
      const compiled = compiledAt(published, event.occurredAt);
      if (compiled === undefined) continue;
      times.push(addMs(waitingSince, compiled.program.followUps.caseAfterDays * dayMs));
    }
    return times;
  }
}
