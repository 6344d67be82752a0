import { nameIn } from '../../domain/message/language.ts';
import { programAt } from '../../domain/program/version.ts';
import { tierProjection } from '../../domain/tiers/projection.ts';
import { rankOf, type TierView, tierView } from '../../domain/tiers/tier-view.ts';
import { addDays, localDateAt, parseLocalDate } from '../../domain/time.ts';
import type { ChoiceStore } from '../../ports/choices.ts';
import type { Contact, ContactStore } from '../../ports/contacts.ts';
import type { LedgerStore } from '../../ports/ledger.ts';
import type { PageTokens } from '../../ports/page-tokens.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { ProgramStore } from '../../ports/stores.ts';
import { compiledAt } from '../booking/compiled-programs.ts';
import type { Address } from './notify-address.ts';
import type { Draft } from './notify-send.ts';
import { missingOf } from './statement-tier.ts';

export interface MemberDependencies {
  readonly clock: Clock;
  readonly ledger: Pick<LedgerStore, 'readMember'>;
  readonly programs: Pick<ProgramStore, 'load'>;
  readonly contacts: Pick<ContactStore, 'read'>;
  readonly choices: Pick<ChoiceStore, 'read'>;
  readonly pageTokens: PageTokens;
  readonly pagesBaseUrl: string;
}

interface MemberOf {
  readonly program: string;
  readonly member: string;
}

/** A member's level as it is now, unless it is the one that they had before. */
export async function tierDraft(
  dependencies: MemberDependencies,
  { program: name, member }: MemberOf,
): Promise<Draft | undefined> {
  const { clock, ledger, programs } = dependencies;
  const now = clock.now();
  const compiled = compiledAt(await programs.load(name), now);
  if (compiled === undefined) return undefined;
  const { program } = compiled;
  const snapshot = await ledger.readMember({ program: name, member });
  const view = tierView(snapshot, program);
  const move = view && moveOf(view);
  if (view === undefined || move === undefined) return undefined;
  const about = await reachable(dependencies, { program: name, member });
  const on = localDateAt(now, program.timeZone);
  const next = tierProjection({ compiled, snapshot, on })?.next;
  const [nearest = []] = next?.ways ?? [];
  const levelName = (id: string) => levelNameOf(view, id, [about.contact?.language]);
  return {
    ...{ program, member, ...about },
    name: `tierChanged#${view.standing.version}`,
    content: {
      about: 'tierChanged',
      level: levelName(view.standing.level),
      isRaised: move === 'up',
      ...(next && {
        next: { level: levelName(next.level), missing: missingOf(program, nearest) },
      }),
    },
    languages: [about.contact?.language],
  };
}

function moveOf({ tiers, standing }: TierView): 'up' | 'down' | undefined {
  const before = standing.earlier[0]?.level ?? tiers.levels[0]?.id ?? '';
  const [from, to] = [rankOf(tiers, before), rankOf(tiers, standing.level)];
  if (from === to) return undefined;
  return from < to ? 'up' : 'down';
}

export function levelNameOf(
  { program, tiers }: Pick<TierView, 'program' | 'tiers'>,
  id: string,
  languages: readonly (string | undefined)[],
): string {
  const level = tiers.levels.find((each) => each.id === id);
  return (level && nameIn(level.names, [...languages, program.languages[0]])) ?? id;
}

/** Points that go soon, as the ledger has warned of them. */
export async function expiringDraft(
  dependencies: MemberDependencies,
  warned: MemberOf & {
    readonly entry: string;
    readonly unit: string;
    readonly points: string;
    readonly day: string;
  },
): Promise<Draft | undefined> {
  const { member, unit } = warned;
  const program = await programNow(dependencies, warned.program);
  if (program === undefined) return undefined;
  const days = warned.day.split(' ');
  const lots = warned.points.split(' ').flatMap((points, index) => {
    const gone = parseLocalDate(days[index] ?? '');
    return gone === undefined ? [] : [{ unit, amount: BigInt(points), lastDay: addDays(gone, -1) }];
  });
  if (lots.length === 0) return undefined;
  const about = await reachable(dependencies, warned);
  return {
    ...{ program, member, ...about },
    name: `pointsExpiring#${warned.entry}`,
    content: { about: 'pointsExpiring', lots },
    languages: [about.contact?.language],
  };
}

const gone: ReadonlySet<string> = new Set(['delisted', 'unavailable']);

/** A reward that a member counts on has changed or is gone; told once a day. */
export async function rewardChangedDraft(
  dependencies: MemberDependencies,
  touched: MemberOf & {
    readonly rewardId: string;
    readonly name?: string | undefined;
    readonly change: string;
  },
): Promise<Draft | undefined> {
  const { member, rewardId, change } = touched;
  const program = await programNow(dependencies, touched.program);
  if (program === undefined || change === 'availableAgain') return undefined;
  const about = await reachable(dependencies, touched);
  const listed = program.rewards.find(({ id }) => id === rewardId);
  const named = nameIn(listed?.names ?? {}, [about.contact?.language]) ?? listed?.name;
  const day = localDateAt(dependencies.clock.now(), program.timeZone);
  return {
    ...{ program, member, ...about },
    name: `rewardChanged#${rewardId}#${day}`,
    content: {
      about: 'rewardChanged',
      rewardName: named ?? touched.name ?? rewardId,
      isGone: gone.has(change),
    },
    languages: [about.contact?.language],
  };
}

export async function programNow(
  { clock, programs }: Pick<MemberDependencies, 'clock' | 'programs'>,
  name: string,
) {
  return programAt(await programs.load(name), clock.now());
}

/** A member's contact, and its address unless that has bounced. */
export async function reachable(
  { contacts }: Pick<MemberDependencies, 'contacts'>,
  { program, member }: MemberOf,
): Promise<{ readonly contact?: Contact; readonly address: Address | undefined }> {
  const contact = await contacts.read({ program, member });
  if (contact === undefined) return { address: undefined };
  const isReached = contact.bouncedAt === undefined;
  return { contact, address: isReached ? { via: 'contact', contact } : undefined };
}
