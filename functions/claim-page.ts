import { randomUUID } from 'node:crypto';
import { confirmPage, revealPage } from '../shared/adapters/pages/claim-page.ts';
import { noticePage } from '../shared/adapters/pages/notice-page.ts';
import { openClaim, reveal } from '../shared/app/messages/claim.ts';
import { pageHandler, pageReply, refusedStatuses } from './_runtime/pages.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeClaimTokens, composeSealer } from './_runtime/sealing.ts';
import { composeCodes, composeLedger } from './_runtime/stores.ts';

const runtime = composeRuntime('claim-page');
const dependencies = {
  ...runtime,
  ...composeLedger(runtime),
  codes: composeCodes(runtime),
  sealer: composeSealer(runtime),
  tokens: composeClaimTokens(runtime),
  newRevealId: () => randomUUID(),
};

/** The claim page: GET asks, and only the form's POST shows the reward. */
export const handler = pageHandler(runtime, async ({ method }, link) => {
  const outcome =
    method === 'POST' ? await reveal(dependencies, link) : await openClaim(dependencies, link);
  switch (outcome.kind) {
    case 'invalid':
    case 'expired':
      return pageReply(refusedStatuses[outcome.kind], noticePage(outcome.kind, link.wish));
    case 'ready':
      return pageReply(200, confirmPage(outcome.view));
    case 'revealed':
      return pageReply(200, revealPage(outcome.view, outcome.reward));
    default: {
      const { language, face } = outcome.view;
      return pageReply(200, noticePage(outcome.kind, language, face));
    }
  }
});
