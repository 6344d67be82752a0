import { invariant } from '../../domain/result.ts';

/**
 * Members as numbers in the texts of an entry: 0 is its own member, the others stand from 1 in a
 * list beside the texts.
 */
export class MemberNumbers {
  readonly #members: string[];

  constructor(member: string, others: readonly string[] = []) {
    this.#members = [member, ...others];
  }

  get others(): readonly string[] {
    return this.#members.slice(1);
  }

  /** Lists a member that has no number yet. */
  numberOf(member: string): number {
    const known = this.#members.indexOf(member);
    if (known >= 0) return known;
    return this.#members.push(member) - 1;
  }

  /** Throws on a number that nobody has. */
  memberAt(number: number): string {
    const member = this.#members[number];
    invariant(member !== undefined, 'A stored entry names a member that is not listed.');
    return member;
  }
}
