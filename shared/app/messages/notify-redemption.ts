import {
  messageAbout,
  type RedemptionMessage,
  type RedemptionNews,
  type RedemptionState,
} from '../../domain/message/redemption-message.ts';
import type { Money } from '../../domain/money/money.ts';
import { owedMessages } from '../../domain/program/schema/messages.ts';
import type { Program } from '../../domain/program/schema.ts';
import { programAt } from '../../domain/program/version.ts';
import { invariant } from '../../domain/result.ts';
import { addMs, type Instant } from '../../domain/time.ts';
import type { ContactStore, DeliveryStore } from '../../ports/contacts.ts';
import type { ClaimTokens } from '../../ports/sealing.ts';
import type { ProgramStore, RedemptionRecord, RedemptionStore } from '../../ports/stores.ts';
import { promisedByOf } from '../redemption/promised-by.ts';
import { rewardNameOf } from './claim-terms.ts';
import type { Address } from './notify-address.ts';
import { type ChoiceLinkDependencies, choiceAfter } from './notify-choice.ts';
import { kindOf, type LetterContent } from './notify-letter.ts';
import { partlyGiven, payoutContent, payoutState } from './notify-payout.ts';
import { type Draft, pagesOf } from './notify-send.ts';

export interface RedemptionDependencies extends ChoiceLinkDependencies {
  readonly redemptions: Pick<RedemptionStore, 'read'>;
  readonly programs: Pick<ProgramStore, 'load'>;
  readonly contacts: Pick<ContactStore, 'read'>;
  readonly deliveries: Pick<DeliveryStore, 'read'>;
  readonly tokens: ClaimTokens;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

interface AboutRedemption {
  readonly redemption: string;
  /** Which of the mails that the member has asked for again. */
  readonly number?: number;
}

/** The message that news of a redemption is worth as it stands now; of a gift a receipt beside. */
export async function redemptionDrafts(
  dependencies: RedemptionDependencies,
  { redemption, number }: AboutRedemption,
  news: RedemptionNews,
): Promise<readonly Draft[]> {
  const record = await dependencies.redemptions.read(redemption);
  invariant(record !== undefined, `Redemption ${redemption} was told of but is not there.`);
  const isTold = news !== 'settled' || record.settlements.length > 0;
  invariant(isTold, `Redemption ${redemption} was told of as settled but is not.`);
  const message = messageAbout(news, stateOf(record));
  if (message === undefined) return [];
  const { hold } = record;
  const { member, program: name, occurredAt } = hold.entry;
  const program = programAt(await dependencies.programs.load(name), occurredAt);
  invariant(program !== undefined, `Redemption ${redemption} is of an unknown program.`);
  const content = await contentOf(dependencies, { record, program, message });
  if (content === undefined) return [];
  const round = Math.max(record.settlements.length, record.reopenings.length);
  const again = number === undefined ? '' : `#again${number}`;
  const about = {
    ...{ program, member, redemption, languages: [hold.terms.language] },
    ...{ address: await addressOf(dependencies, record) },
  };
  const isOwed = owedMessages.has(kindOf(content));
  const contact = isOwed ? undefined : await dependencies.contacts.read({ program: name, member });
  const given = news === 'settled' ? partlyGiven(record, program) : undefined;
  return [
    {
      ...{ ...about, content, name: `${message}#${redemption}#${round}${again}` },
      ...(contact && { contact }),
    },
    ...(given ? [{ ...about, content: given, name: `${given.about}#${redemption}` }] : []),
  ];
}

/** A settlement that was undone is no end any more. */
function stateOf({ hold, ...record }: RedemptionRecord) {
  const { order, settlements, reopenings, review, payment } = record;
  const last = settlements.at(-1);
  const isUndone = last === undefined || reopenings.some(({ number }) => number === last.number);
  const ended = last?.entry.kind === 'capture' ? 'captured' : 'released';
  return {
    ...(!isUndone && { ended }),
    isUnderReview: review?.state === 'waiting',
    isUnpaid: hold.terms.cash !== undefined && payment === undefined,
    isCalledOff:
      review?.state === 'blocked' || order?.state === 'closing' || order?.cancelled !== undefined,
    ...payoutState(hold),
  } satisfies RedemptionState;
}

interface Told {
  readonly record: RedemptionRecord;
  readonly program: Program;
  readonly message: RedemptionMessage;
}

async function contentOf(
  dependencies: RedemptionDependencies,
  { record, program, message }: Told,
): Promise<LetterContent | undefined> {
  const { hold } = record;
  const reward = {
    rewardName: rewardNameOf(hold, program),
    value: { amountMinor: hold.amountMinor, currency: hold.currency },
  };
  switch (message) {
    case 'rewardReady':
      return { about: message, ...reward, ...(await claimLink(dependencies, record, program)) };
    case 'pointsReturned':
      return returnedContent(dependencies, { record, program, message }, reward);
    case 'rewardDelayed':
      return { about: message, ...reward, promisedBy: promisedByOf(record) };
    case 'paymentDue':
      return { about: message, ...reward, ...paymentOf(record, program) };
    case 'rewardReplaced':
    case 'underReview':
      return { about: message, ...reward };
    default:
      return payoutContent(record, program, message);
  }
}

/** Of a gift nobody's points came back: it is chosen anew. */
async function returnedContent(
  dependencies: RedemptionDependencies,
  { record: { hold }, program }: Told,
  reward: { readonly rewardName: string; readonly value: Money },
): Promise<LetterContent | undefined> {
  const { redemption, entry, points: amount, terms, unit } = hold;
  if (terms.choice === undefined) {
    return { about: 'pointsReturned', ...reward, points: { unit, amount } };
  }
  const key = { program: entry.program, member: entry.member, id: terms.choice };
  const choice = await choiceAfter(dependencies, key, { redemption, program });
  return choice && { about: 'choiceReopened', ...reward, ...choice };
}

/** A mail that is sent again has the same link: its expiry counts from the settlement. */
async function claimLink(
  { tokens, pagesBaseUrl }: RedemptionDependencies,
  { hold: { redemption }, settlements }: RedemptionRecord,
  program: Program,
) {
  const settledAt = settlements.at(-1)?.entry.postedAt;
  invariant(settledAt !== undefined, `Redemption ${redemption} is not settled.`);
  const until = addMs(settledAt, program.redemption.claimLinkDays * dayMs);
  const expiresAtEpochSeconds = Math.floor(until / 1000);
  const token = await tokens.issue({ redemption, expiresAtEpochSeconds });
  return { link: token.within(`${pagesOf(program, pagesBaseUrl)}/claim/`), until };
}

function paymentOf({ hold }: RedemptionRecord, program: Program) {
  const { cash } = hold.terms;
  invariant(cash !== undefined, 'A payment is due of what is paid in part.');
  const { cash: rules, giveUpHours } = program.redemption;
  const until: Instant = addMs(
    hold.entry.occurredAt,
    (rules?.paidWithinHours ?? giveUpHours) * hourMs,
  );
  return { cash, until };
}

/** None where the last mail has come back and nobody has told another address. */
async function addressOf(
  { deliveries }: RedemptionDependencies,
  { hold }: RedemptionRecord,
): Promise<Address | undefined> {
  const { redemption, entry, sealedEmail } = hold;
  const { program, member } = entry;
  const delivery = await deliveries.read({ program, member, redemption });
  if (delivery?.bouncedAt !== undefined) return undefined;
  const sealed = delivery?.sealedEmail ?? sealedEmail;
  return { via: 'redemption', program, id: redemption, sealed };
}
