import { nameIn } from '../../domain/message/language.ts';
import type { PayeeMask } from '../../domain/payout/payee-mask.ts';
import { type MemberDependencies, programNow, reachable } from './notify-member.ts';
import type { Draft } from './notify-send.ts';

interface TellingChoice {
  readonly program: string;
  readonly member: string;
  readonly change: 'chosen' | 'removed';
  readonly rail: string;
  readonly payee?: PayeeMask | undefined;
  readonly chosenAt: string;
  readonly version: number;
}

/** Each change is told, the first choice too: somebody else may have made it. */
export async function payoutChoiceDraft(
  dependencies: MemberDependencies,
  told: TellingChoice,
): Promise<Draft | undefined> {
  const { member, change, rail: id, payee, chosenAt, version } = told;
  const program = await programNow(dependencies, told.program);
  if (program === undefined) return undefined;
  const about = await reachable(dependencies, told);
  const languages = [about.contact?.language];
  const names = program.payouts?.rails.find((rail) => rail.id === id)?.names ?? {};
  const rail = nameIn(names, [...languages, ...program.languages]) ?? id;
  const isRemoved = change === 'removed';
  return {
    ...{ program, member, ...about, languages },
    name: `payoutChoice#${change}#${chosenAt}#${version}`,
    content: { about: 'payoutChoice', rail, isRemoved, ...(payee && { payee }) },
  };
}
