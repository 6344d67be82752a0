import { noticePage } from '../shared/adapters/pages/notice-page.ts';
import { statementPage } from '../shared/adapters/pages/statement-page.ts';
import { turnOffPage } from '../shared/adapters/pages/turn-off-page.ts';
import type { OpenedLink } from '../shared/app/messages/claim.ts';
import { openTurnOff, turnOff } from '../shared/app/messages/contact-off.ts';
import { openStatement } from '../shared/app/messages/statement-page.ts';
import { composeMessages } from './_runtime/messages.ts';
import type { HttpRequest } from './_runtime/middleware/http.ts';
import type { HttpReply } from './_runtime/middleware/reply.ts';
import { pageHandler, pageReply, refusedStatuses } from './_runtime/pages.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composePageTokens } from './_runtime/sealing.ts';
import { composeLedger, composeProjections } from './_runtime/stores.ts';

const runtime = composeRuntime('statement-page');
const dependencies = {
  ...{ ...runtime, ...composeLedger(runtime), ...composeMessages(runtime) },
  projections: composeProjections(runtime),
  pageTokens: composePageTokens(runtime),
};

type Answer = (request: HttpRequest, link: OpenedLink) => Promise<HttpReply>;

const statement: Answer = async ({ query }, link) => {
  const outcome = await openStatement(dependencies, { ...link, before: query.before });
  if (outcome.kind === 'ready') return pageReply(200, statementPage(outcome.view));
  return pageReply(refusedStatuses[outcome.kind], noticePage(outcome.kind, link.wish));
};

const unsubscribe: Answer = async ({ method }, link) => {
  const outcome =
    method === 'POST' ? await turnOff(dependencies, link) : await openTurnOff(dependencies, link);
  if ('face' in outcome) return pageReply(200, turnOffPage(outcome));
  return pageReply(refusedStatuses[outcome.kind], noticePage(outcome.kind, link.wish));
};

/** By the path of the route. */
const answers: Readonly<Record<string, Answer>> = {
  '/statement/{token}': statement,
  '/unsubscribe/{token}': unsubscribe,
};

/** Pages about a member's account: the statement, and the end of messages of a kind. */
export const handler = pageHandler(runtime, (request, link) => {
  const [, path = ''] = request.route.split(' ');
  return (answers[path] ?? statement)(request, link);
});
