import { randomUUID } from 'node:crypto';
import {
  claimPageHeaders,
  confirmPage,
  expiredPage,
  invalidPage,
  revealPage,
  troublePage,
} from '../shared/adapters/pages/claim-page.ts';
import { openClaim, reveal } from '../shared/app/claim.ts';
import { success } from '../shared/domain/result.ts';
import { type HttpRequest, httpHandler } from './_runtime/middleware/http.ts';
import { type HttpReply, htmlReply } from './_runtime/middleware/reply.ts';
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
const language = 'en';

async function answer({ method, pathParameters }: HttpRequest): Promise<HttpReply> {
  const token = pathParameters.token ?? '';
  const outcome =
    method === 'POST' ? await reveal(dependencies, token) : await openClaim(dependencies, token);
  if (outcome.kind === 'invalid') return page(404, invalidPage(language));
  if (outcome.kind === 'expired') return page(410, expiredPage(language));
  if (outcome.kind === 'ready') return page(200, confirmPage(outcome.view));
  return page(200, revealPage(outcome.view, outcome));
}

function page(status: number, body: string): HttpReply {
  return htmlReply(status, body, claimPageHeaders);
}

/** The claim page: GET asks, and only the form's POST shows the reward. */
export const handler = httpHandler({
  logger: runtime.logger,
  run: async (request) => success(await answer(request)),
  trouble: () => page(500, troublePage(language)),
});
