import { wishedLanguage } from '../../shared/adapters/pages/language.ts';
import type { RenderedPage } from '../../shared/adapters/pages/layout.ts';
import { noticePage } from '../../shared/adapters/pages/notice-page.ts';
import { systemSleeper } from '../../shared/adapters/system.ts';
import type { OpenedLink } from '../../shared/app/messages/claim.ts';
import { WrongTokens } from '../../shared/app/messages/claim-attempts.ts';
import type { Language } from '../../shared/domain/message/language.ts';
import { success } from '../../shared/domain/result.ts';
import { type HttpRequest, httpHandler } from './middleware/http.ts';
import { type HttpReply, htmlReply } from './middleware/reply.ts';
import type { Runtime } from './runtime.ts';

/** The answers that every page with a token has. */
export const refusedStatuses = { invalid: 404, expired: 410 } as const;

export function pageReply(status: number, { body, headers }: RenderedPage): HttpReply {
  return htmlReply(status, body, headers);
}

function sentAway(wish: Language): HttpReply {
  const { status, headers, body } = pageReply(429, noticePage('slow', wish));
  return { status, headers: { ...headers, 'retry-after': '600' }, body };
}

/**
 * A page behind a token in its path. Whoever tries wrong ones waits longer each time and is then
 * sent away for a while, whether the token at hand is right or not.
 */
export function pageHandler(
  { clock, digest, logger }: Runtime,
  answer: (request: HttpRequest, link: OpenedLink) => Promise<HttpReply>,
) {
  const wrongTokens = new WrongTokens(clock);
  return httpHandler({
    logger,
    run: async (request) => {
      const wish = wishedLanguage(request.headers['accept-language']);
      const source = digest.sha256Short(request.sourceIp);
      const waitMs = wrongTokens.waitMs(source);
      if (waitMs === undefined) return success(sentAway(wish));
      if (waitMs > 0) await systemSleeper.sleep(waitMs);
      const reply = await answer(request, { token: request.pathParameters.token ?? '', wish });
      if (reply.status === refusedStatuses.invalid) {
        wrongTokens.count(source);
        logger.info('CLAIM_REFUSED', { route: request.route });
      }
      return success(reply);
    },
    trouble: () => pageReply(500, noticePage('trouble', 'en')),
  });
}
