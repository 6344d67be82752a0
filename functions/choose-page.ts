import * as z from 'zod/mini';
import { choosePage, chosenPage, confirmChoicePage } from '../shared/adapters/pages/choose-page.ts';
import { noticePage } from '../shared/adapters/pages/notice-page.ts';
import { type ChooseAnswer, choose, openChoice } from '../shared/app/redemption/choose.ts';
import { redeemGift } from '../shared/app/redemption/choose-redeem.ts';
import { composeChoices } from './_runtime/messages.ts';
import type { HttpRequest } from './_runtime/middleware/http.ts';
import { pageHandler, pageReply, refusedStatuses } from './_runtime/pages.ts';
import { composeCheckQueue, composeDispatchQueues } from './_runtime/queues.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composePageTokens, composeSealer } from './_runtime/sealing.ts';
import { composeLedger, composeOffers } from './_runtime/stores.ts';

const runtime = composeRuntime('choose-page');
const stores = {
  ...{ ...runtime, ...composeLedger(runtime), ...composeOffers(runtime) },
  ...composeChoices(runtime),
  sealer: composeSealer(runtime),
};
const dependencies = {
  ...stores,
  pageTokens: composePageTokens(runtime),
  redeemChoice: redeemGift({
    ...stores,
    checkQueue: composeCheckQueue(),
    providerNames: [...composeDispatchQueues().keys()],
  }),
};

const formSchema = z.object({
  step: z.enum(['choose', 'confirm']),
  offer: z.optional(z.string().check(z.regex(/^\d{1,2}$/))),
});

/** A form that says nothing of ours is one that chooses nothing. */
function readForm({ rawBody }: HttpRequest): ChooseAnswer {
  const fields = new URLSearchParams(Buffer.from(rawBody).toString('utf8'));
  const { data } = z.safeParse(formSchema, Object.fromEntries(fields));
  const { step = 'choose', offer } = data ?? {};
  return offer === undefined ? { step } : { step, offer: Number(offer) };
}

/** The choose page: GET lists, the first POST asks back, the second one orders. */
export const handler = pageHandler(runtime, async (request, link) => {
  const outcome =
    request.method === 'POST'
      ? await choose(dependencies, link, readForm(request))
      : await openChoice(dependencies, link);
  switch (outcome.kind) {
    case 'invalid':
    case 'expired':
      return pageReply(refusedStatuses[outcome.kind], noticePage(outcome.kind, link.wish));
    case 'list':
      return pageReply(200, choosePage(outcome.view, outcome.problem));
    case 'confirm':
      return pageReply(200, confirmChoicePage(outcome.view, outcome.offer));
    default:
      return pageReply(200, chosenPage(outcome.view, outcome.offer));
  }
});
