import type { Choice } from '../../domain/choice/choice.ts';
import type { Address } from './notify-address.ts';
import { type MemberDependencies, programNow, reachable } from './notify-member.ts';
import { type Draft, pagesOf } from './notify-send.ts';

/** A set of rewards that waits to be chosen from. */
export async function choiceDraft(
  dependencies: MemberDependencies,
  asked: { readonly program: string; readonly member: string; readonly choice: string },
): Promise<Draft | undefined> {
  const { choices, pagesBaseUrl, pageTokens } = dependencies;
  const { member } = asked;
  const program = await programNow(dependencies, asked.program);
  const choice = await choices.read({ program: asked.program, member, id: asked.choice });
  if (program === undefined || choice === undefined || choice.chosen !== undefined)
    return undefined;
  const { id, sender, offers, expiresAt: until, language } = choice;
  const token = await pageTokens.issue({
    purpose: 'choose',
    subject: [choice.program, member, id],
    expiresAtEpochSeconds: Math.floor(until / 1000),
  });
  const link = token.within(`${pagesOf(program, pagesBaseUrl)}/choose/`);
  return {
    ...{ program, member, name: `choice#${id}`, languages: [language] },
    content: { about: 'choice', sender, count: offers.length, link, until },
    address: await addressOf(dependencies, choice),
  };
}

async function addressOf(
  dependencies: MemberDependencies,
  choice: Choice,
): Promise<Address | undefined> {
  const { program, id, sealedEmail } = choice;
  if (sealedEmail !== undefined) return { via: 'choice', program, id, sealed: sealedEmail };
  return (await reachable(dependencies, choice)).address;
}
