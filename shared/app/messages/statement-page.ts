import type { MemberSnapshot } from '../../domain/member/snapshot.ts';
import { type HeldUnit, statementOf } from '../../domain/member/statement.ts';
import { type Face, faceOf } from '../../domain/message/face.ts';
import { type Language, pickLanguage } from '../../domain/message/language.ts';
import type { Money } from '../../domain/money/money.ts';
import type { CompiledProgram } from '../../domain/program/compiled.ts';
import { tierProjection } from '../../domain/tiers/projection.ts';
import { instantOf, type LocalDate, localDateAt } from '../../domain/time.ts';
import type { ContactStore } from '../../ports/contacts.ts';
import type { LedgerStore } from '../../ports/ledger.ts';
import type { PageTokens } from '../../ports/page-tokens.ts';
import type { RateReader } from '../../ports/rates.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { ProgramStore, ProjectionStore, RedemptionStore } from '../../ports/stores.ts';
import { compiledAt } from '../booking/compiled-programs.ts';
import { viewHistory } from '../members/history-view.ts';
import { readRates } from '../rates/rate-reader.ts';
import type { OpenedLink } from './claim.ts';
import type { MissingQuantity } from './notify-letter.ts';
import { levelNameOf } from './notify-member.ts';
import {
  type OpenRedemption,
  readOpen,
  type StatementLine,
  withRewardNames,
} from './statement-rewards.ts';
import { missingOf } from './statement-tier.ts';

export interface StatementPageDependencies {
  readonly clock: Clock;
  readonly pageTokens: PageTokens;
  readonly ledger: Pick<LedgerStore, 'readMember'>;
  readonly programs: Pick<ProgramStore, 'load'>;
  readonly projections: ProjectionStore;
  readonly redemptions: Pick<RedemptionStore, 'read'>;
  readonly contacts: Pick<ContactStore, 'read'>;
  readonly rates: RateReader;
}

export interface StatementTier {
  readonly level: string;
  readonly next?: {
    readonly level: string;
    readonly by: LocalDate;
    readonly figures: readonly MissingQuantity[];
  };
  readonly graceUntil?: LocalDate;
}

export interface StatementPageView {
  readonly face: Face;
  readonly language: Language;
  readonly on: LocalDate;
  readonly held: readonly HeldUnit[];
  /** Where there is money: all of it together. */
  readonly total?: Money;
  readonly tier?: StatementTier;
  /** On the first page of the history only. */
  readonly open?: readonly OpenRedemption[];
  readonly lines: readonly StatementLine[];
  readonly next?: string;
}

export type StatementPageOutcome =
  | { readonly kind: 'invalid' | 'expired' }
  | { readonly kind: 'ready'; readonly view: StatementPageView };

/** A member's statement for whoever has a link to it. `before` is the page of the history. */
export async function openStatement(
  dependencies: StatementPageDependencies,
  { token, wish, before }: OpenedLink & { readonly before?: string | undefined },
): Promise<StatementPageOutcome> {
  const { clock, pageTokens, programs } = dependencies;
  const link = await pageTokens.read('statement', token);
  const [name, member] = link?.subject ?? [];
  if (link === undefined || name === undefined || member === undefined) return { kind: 'invalid' };
  const now = clock.now();
  if (now >= instantOf(link.expiresAtEpochSeconds * 1000)) return { kind: 'expired' };
  const compiled = compiledAt(await programs.load(name), now);
  if (compiled === undefined) return { kind: 'invalid' };
  const owner = { program: name, member };
  const [snapshot, history, contact, rates] = await Promise.all([
    dependencies.ledger.readMember(owner),
    viewHistory(dependencies.projections, { ...owner, ...(before !== undefined && { before }) }),
    dependencies.contacts.read(owner),
    readRates(dependencies.rates, compiled.program, [now]),
  ]);
  const { program } = compiled;
  const language = pickLanguage([contact?.language, wish, program.languages[0]]);
  const on = localDateAt(now, program.timeZone);
  const { wallets, points, total } = statementOf({ program, snapshot, rates, on });
  const tier = tierOf(compiled, { snapshot, on, language });
  const open = history.lines.filter(({ redemption }) => redemption?.state === 'open');
  const ended = history.lines.filter((line) => !open.includes(line));
  const spoken = { program, language };
  const view = {
    ...{ face: faceOf(program), language, on, held: [...points, ...wallets] },
    ...(wallets.length > 0 && total.leftOut.length === 0 && { total: total.money }),
    ...(tier && { tier }),
    ...(before === undefined && { open: await readOpen(dependencies, spoken, open) }),
    lines: await withRewardNames(dependencies, spoken, ended),
    ...(history.next !== undefined && { next: history.next }),
  };
  return { kind: 'ready', view };
}

function tierOf(
  compiled: CompiledProgram,
  asked: { snapshot: MemberSnapshot; on: LocalDate; language: Language },
): StatementTier | undefined {
  const { program } = compiled;
  const projection = tierProjection({ compiled, ...asked });
  if (projection === undefined || program.tiers === undefined) return undefined;
  const { tiers } = program;
  const nameOf = (id: string) => levelNameOf({ program, tiers }, id, [asked.language]);
  const { level, next, graceUntil } = projection;
  const figures = missingOf(program, next?.ways[0] ?? []);
  return {
    level: nameOf(level),
    ...(next && { next: { level: nameOf(next.level), by: next.by, figures } }),
    ...(graceUntil !== undefined && { graceUntil }),
  };
}
