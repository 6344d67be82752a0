import openApi from '../shared/contracts/api/openapi.json' with { type: 'json' };
import { success } from '../shared/domain/result.ts';
import { httpHandler } from './_runtime/middleware/http.ts';
import { jsonReply } from './_runtime/middleware/reply.ts';
import { composeRuntime } from './_runtime/runtime.ts';

const runtime = composeRuntime('open-api');
/** The same for everybody until the next deployment. */
const headers = { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' };
const reply = jsonReply(200, openApi, headers);

/** `GET /openapi.json`: the description of the API. */
export const handler = httpHandler({
  logger: runtime.logger,
  run: async () => success(reply),
});
