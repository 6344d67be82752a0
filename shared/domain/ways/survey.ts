import * as z from 'zod/mini';
import { commandHandler } from '../commands/command.ts';
import type { Decision } from '../member/decision.ts';
import { recordOf } from '../member/snapshot.ts';
import type { Program } from '../program/schema.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import type { LocalDate } from '../time.ts';
import { rewardDecision } from './reward.ts';
import { dayOf, isBetween, recordWrite } from './way.ts';

type Survey = Program['surveys'][number];

/** The survey of that name, where it is open on a day. */
export function openSurvey(
  { surveys }: Program,
  name: string,
  day: LocalDate,
): Result<Survey, Refusal> {
  const survey = surveys.find(({ id }) => id === name);
  if (!survey) return failure(refusal('UNKNOWN_WAY', 'survey'));
  if (!isBetween(survey.between, day)) return failure(refusal('SURVEY_CLOSED', 'survey'));
  return success(survey);
}

const answer = z.union([
  z.string().check(z.maxLength(2000)),
  z.int(),
  z.boolean(),
  z.array(z.string().check(z.maxLength(200))).check(z.maxLength(50)),
]);

/** Bounded, so that answers of a thousand questions do not become a store of files. */
const maximumAnswersLength = 20_000;

/** Answers by question as JSON, in the order of the questions' names; `undefined`: none. */
export function readAnswers(value: unknown): string | undefined {
  const read = z.safeParse(z.record(z.string().check(z.maxLength(64)), answer), value);
  if (!read.success) return undefined;
  const sorted = Object.entries(read.data).sort(([left], [right]) => (left < right ? -1 : 1));
  const text = JSON.stringify(Object.fromEntries(sorted));
  return text.length > maximumAnswersLength ? undefined : text;
}

/**
 * Pays a member for a survey, once. Whoever sends this has seen the receipt; of the answers nothing
 * is known here, and the record tells no more than that there was a payment.
 */
export const surveyPaid = commandHandler({
  data: z.strictObject({ survey: z.string() }),
  decide({ compiled, command, data, member }): Result<Decision, Refusal> {
    const survey = compiled.program.surveys.find(({ id }) => id === data.survey);
    if (!survey) return failure(refusal('UNKNOWN_WAY', 'data.survey'));
    if (recordOf(member, 'survey', survey.id))
      return failure(refusal('SURVEY_PAID', 'data.survey'));
    const at = command.occurredAt;
    const way = `survey:${survey.id}`;
    const { reward } = survey;
    const rewarded = rewardDecision({ compiled, snapshot: member, reward, way, source: way, at });
    const next = { paidOn: dayOf(compiled, at) };
    const paid = recordWrite(member, { kind: 'survey', id: survey.id, next });
    return success({ ...rewarded, records: [paid, ...rewarded.records] });
  },
});
