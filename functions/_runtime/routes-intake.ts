import {
  type SendEventsDependencies,
  type SentEvent,
  sendEvents,
} from '../../shared/app/members/send-events.ts';
import { readEventBodies } from '../../shared/contracts/event-batch.ts';
import { problemOf } from '../../shared/contracts/problem.ts';
import { type Refusal, refusal } from '../../shared/domain/refusal.ts';
import { failure, type Result, success } from '../../shared/domain/result.ts';
import { type HttpReply, jsonReply } from './middleware/reply.ts';
import { type ApiAnswers, type ApiCall, readBody } from './routes.ts';
import { type WebhookRouteDependencies, webhookAnswers } from './routes-webhooks.ts';

export type IntakeRouteDependencies = SendEventsDependencies & WebhookRouteDependencies;

const program = '/v1/programs/{program}';

/** What systems tell, and who wants to be told what happens. */
export function intakeAnswers(dependencies: IntakeRouteDependencies): ApiAnswers {
  return {
    [`POST ${program}/events`]: (call) => takeEvents(dependencies, call),
    ...webhookAnswers(dependencies),
  };
}

/** A single event that is refused is a refusal; in a batch each has a result of its own. */
async function takeEvents(
  dependencies: SendEventsDependencies,
  { program: name, request }: ApiCall,
): Promise<Result<HttpReply, Refusal>> {
  const body = readBody(request);
  if (!body.ok) return body;
  const read = readEventBodies(body.value);
  if (!read.ok) return read;
  const sent = await sendEvents(dependencies, name, read.value.bodies);
  if (!sent.ok) return sent;
  if (read.value.kind === 'batch') {
    return success(jsonReply(202, { results: sent.value.map(resultOf) }));
  }
  const [one] = sent.value;
  if (one === undefined) return failure(refusal('FIELD_INVALID'));
  return one.refused === undefined ? success(jsonReply(202, resultOf(one))) : failure(one.refused);
}

function resultOf({ id, refused }: SentEvent) {
  return {
    ...(id !== undefined && { id }),
    outcome: refused === undefined ? 'accepted' : 'refused',
    ...(refused && { problem: problemOf(refused) }),
  };
}
