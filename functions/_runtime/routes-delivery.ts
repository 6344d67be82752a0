import { pagesOf } from '../../shared/app/messages/notify-send.ts';
import { type ResendDependencies, resendClaim } from '../../shared/app/messages/resend-claim.ts';
import { issueStatementLink } from '../../shared/app/messages/statement-page-link.ts';
import {
  type OfferChoiceDependencies,
  offerChoice,
} from '../../shared/app/redemption/choose-offer.ts';
import { choiceView } from '../../shared/contracts/choices.ts';
import {
  actFieldCodes,
  choiceBodySchema,
  emptyBodySchema,
  resendBodySchema,
} from '../../shared/contracts/redemption-acts.ts';
import { programAt } from '../../shared/domain/program/version.ts';
import { redemptionId } from '../../shared/domain/redemption/reference.ts';
import { type Refusal, refusal } from '../../shared/domain/refusal.ts';
import { failure, type Result, success } from '../../shared/domain/result.ts';
import { Secret } from '../../shared/domain/secret.ts';
import { formatInstant } from '../../shared/domain/time.ts';
import type { PageTokens } from '../../shared/ports/page-tokens.ts';
import type { Clock, Digest } from '../../shared/ports/runtime.ts';
import { type HttpReply, jsonReply } from './middleware/reply.ts';
import {
  type ApiAnswers,
  type ApiCall,
  bodyOf,
  idempotencyKeyOf,
  ownRedemption,
} from './routes.ts';

export interface DeliveryRouteDependencies extends OfferChoiceDependencies, ResendDependencies {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly pageTokens: PageTokens;
  /** Where pages are reached, unless the program says so itself. */
  readonly pagesUrl: string;
}

type Answered = Promise<Result<HttpReply, Refusal>>;

const member = '/v1/programs/{program}/members/{member}';

/** Mails and links: once more, to choose by, and to look at. */
export function deliveryAnswers(dependencies: DeliveryRouteDependencies): ApiAnswers {
  return {
    [`POST ${member}/redemptions/{redemption}/resend`]: (call) => resend(dependencies, call),
    [`POST ${member}/choices`]: (call) => offer(dependencies, call),
    [`POST ${member}/statement-links`]: (call) => statementLink(dependencies, call),
  };
}

/** To where the program has its pages. */
async function statementLink(dependencies: DeliveryRouteDependencies, call: ApiCall): Answered {
  const body = bodyOf(call, emptyBodySchema);
  if (!body.ok) return body;
  const { clock, pagesUrl, programs } = dependencies;
  const program = programAt(await programs.load(call.program), clock.now());
  if (program === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const settings = { ...dependencies, pagesUrl: pagesOf(program, pagesUrl) };
  const { link, expiresAt } = await issueStatementLink(settings, call);
  const view = { url: link.reveal(), expiresAt: formatInstant(expiresAt) };
  return success(jsonReply(201, view));
}

async function resend(dependencies: ResendDependencies, call: ApiCall): Answered {
  const own = ownRedemption(call);
  if (!own.ok) return own;
  const body = bodyOf(call, resendBodySchema, actFieldCodes);
  if (!body.ok) return body;
  const { email } = body.value;
  const sent = await resendClaim(dependencies, {
    ...own.value,
    ...(email !== undefined && { email: new Secret(email) }),
  });
  return sent.ok ? success(jsonReply(202, sent.value)) : sent;
}

/** The same key is the same choice. */
async function offer(dependencies: DeliveryRouteDependencies, call: ApiCall): Answered {
  const key = idempotencyKeyOf(call);
  if (!key.ok) return key;
  const body = bodyOf(call, choiceBodySchema, actFieldCodes);
  if (!body.ok) return body;
  const { program, member: of, caller, keyOwner } = call;
  const { email, language, rewards, ...rest } = body.value;
  const seed = JSON.stringify(['choice', program, of, keyOwner, key.value]);
  const offered = await offerChoice(dependencies, {
    ...{ program, member: of, actor: caller.subject, ...rest },
    id: redemptionId(dependencies.digest.sha256Hex(seed)),
    rewards: rewards.map(({ amountMinor, ...reward }) => ({
      ...reward,
      ...(amountMinor !== undefined && { amountMinor }),
    })),
    ...(language !== undefined && { language }),
    ...(email !== undefined && { email: new Secret(email) }),
  });
  return offered.ok ? success(jsonReply(201, choiceView(offered.value))) : offered;
}
