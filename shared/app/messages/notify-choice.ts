import { type Choice, isOver, reopened } from '../../domain/choice/choice.ts';
import type { Program } from '../../domain/program/schema.ts';
import type { Secret } from '../../domain/secret.ts';
import type { ChoiceKey, ChoiceStore } from '../../ports/choices.ts';
import type { PageTokens } from '../../ports/page-tokens.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { Address } from './notify-address.ts';
import { type MemberDependencies, programNow, reachable } from './notify-member.ts';
import { type Draft, pagesOf } from './notify-send.ts';

/** A set of rewards that waits to be chosen from. */
export async function choiceDraft(
  dependencies: MemberDependencies,
  asked: { readonly program: string; readonly member: string; readonly choice: string },
): Promise<Draft | undefined> {
  const { choices } = dependencies;
  const { member } = asked;
  const program = await programNow(dependencies, asked.program);
  const choice = await choices.read({ program: asked.program, member, id: asked.choice });
  if (program === undefined || choice === undefined || choice.chosen !== undefined)
    return undefined;
  const { id, sender, offers, expiresAt: until, language } = choice;
  const link = await linkTo(dependencies, choice, program);
  return {
    ...{ program, member, name: `choice#${id}`, languages: [language] },
    content: { about: 'choice', sender, count: offers.length, link, until },
    address: await addressOf(dependencies, choice),
  };
}

export interface ChoiceLinkDependencies {
  readonly clock: Clock;
  readonly choices: Pick<ChoiceStore, 'read'>;
  readonly pageTokens: PageTokens;
  readonly pagesBaseUrl: string;
}

/**
 * Of a gift that came to nothing, how its choice goes on; `undefined` where there is none, or the
 * member has chosen again.
 */
export async function choiceAfter(
  dependencies: ChoiceLinkDependencies,
  key: ChoiceKey,
  { redemption, program }: { readonly redemption: string; readonly program: Program },
) {
  const { choices, clock } = dependencies;
  const read = await choices.read(key);
  const choice = read && (reopened(read, redemption) ?? read);
  if (choice === undefined || choice.chosen !== undefined) return undefined;
  const { expiresAt: until, sender } = choice;
  if (isOver(choice, clock.now())) return { sender };
  return { sender, again: { link: await linkTo(dependencies, choice, program), until } };
}

/** The same link however often it is sent. */
async function linkTo(
  { pagesBaseUrl, pageTokens }: Pick<ChoiceLinkDependencies, 'pagesBaseUrl' | 'pageTokens'>,
  { program: name, member, id, expiresAt }: Choice,
  program: Program,
): Promise<Secret> {
  const token = await pageTokens.issue({
    purpose: 'choose',
    subject: [name, member, id],
    expiresAtEpochSeconds: Math.floor(expiresAt / 1000),
  });
  return token.within(`${pagesOf(program, pagesBaseUrl)}/choose/`);
}

async function addressOf(
  dependencies: MemberDependencies,
  choice: Choice,
): Promise<Address | undefined> {
  const { program, id, sealedEmail } = choice;
  if (sealedEmail !== undefined) return { via: 'choice', program, id, sealed: sealedEmail };
  return (await reachable(dependencies, choice)).address;
}
