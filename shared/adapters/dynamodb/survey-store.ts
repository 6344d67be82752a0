import * as z from 'zod/mini';
import type { LocalDate } from '../../domain/time.ts';
import type { SurveyAnswer, SurveyReference, SurveyStore } from '../../ports/surveys.ts';
import { parseImage, toImage } from './attributes.ts';
import { type Condition, itemAbsent, itemPresent } from './condition.ts';
import { getItem, getItems, queryItems } from './item-read.ts';
import { type ItemKey, participationKey, surveyPartition } from './schema.ts';
import { metered, type Table } from './table.ts';
import { Transaction } from './transact.ts';

/*
 * Attributes: of an answer d its day and a its JSON; of a receipt c the hash of its claim. Tickets
 * and participations have none. No item has a time, and none that knows a member is written with
 * anything of an answer.
 */

const answerPrefix = 'A#';

const answerSchema = z.object({ sk: z.string(), d: z.string(), a: z.string() });

const ticketKey = ({ program, survey }: SurveyReference, hash: string): ItemKey => ({
  pk: surveyPartition(program, survey),
  sk: `T#${hash}`,
});

const receiptKey = ({ program, survey }: SurveyReference, hash: string): ItemKey => ({
  pk: surveyPartition(program, survey),
  sk: `R#${hash}`,
});

export function createSurveyStore(table: Table): SurveyStore {
  return {
    async issue({ member, ticketHash, ...survey }) {
      const { program } = survey;
      const participation = participationKey({ program, member }, survey.survey);
      const ticket = ticketKey(survey, ticketHash);
      const isDone = await commit(
        table,
        new Transaction(table)
          .put('participation', toImage({ ...participation }), itemAbsent)
          .put('ticket', toImage({ ...ticket }), itemAbsent),
      );
      if (isDone) return 'issued';
      const imageAt = await getItems(table, [participation, ticket]);
      if (imageAt(participation) === undefined) return 'taken';
      return imageAt(ticket) === undefined ? 'exists' : 'issued';
    },

    async handIn({ ticketHash, receiptHash, answer, ...survey }) {
      const receipt = receiptKey(survey, receiptHash);
      const ticket = ticketKey(survey, ticketHash);
      const isDone = await commit(
        table,
        new Transaction(table)
          .delete('ticket', ticket, itemPresent)
          .put('receipt', toImage({ ...receipt }), itemAbsent)
          .put('answer', answerImage(survey, answer), itemAbsent),
      );
      if (isDone) return 'handedIn';
      const imageAt = await getItems(table, [ticket, receipt]);
      return imageAt(ticket) === undefined && imageAt(receipt) ? 'handedIn' : 'invalid';
    },

    async claim({ member, receiptHash, claimHash, ...survey }) {
      const participation = participationKey({ program: survey.program, member }, survey.survey);
      if ((await getItem(table, participation)) === undefined) return 'invalid';
      const receipt = toImage({ ...receiptKey(survey, receiptHash), c: claimHash });
      const isDone = await commit(
        table,
        new Transaction(table).put('receipt', receipt, unclaimedOrBy(claimHash)),
      );
      return isDone ? 'claimed' : 'invalid';
    },

    async *answers({ program, survey }) {
      const pk = surveyPartition(program, survey);
      for await (const image of queryItems(table, { pk, skPrefix: answerPrefix })) {
        const { sk, d, a } = parseImage(answerSchema, image, 'survey answer');
        yield { id: sk.slice(answerPrefix.length), day: d as LocalDate, answers: a };
      }
    },
  };
}

async function commit(table: Table, transaction: Transaction): Promise<boolean> {
  return metered(table, { operation: 'survey', count: 1 }, async (bill) => {
    const { kind } = await transaction.commit(bill);
    if (kind === 'refused') bill.count = 0;
    return kind === 'committed';
  });
}

function answerImage({ program, survey }: SurveyReference, { id, day, answers }: SurveyAnswer) {
  const key = { pk: surveyPartition(program, survey), sk: `${answerPrefix}${id}` };
  return toImage({ ...key, d: day, a: answers });
}

function unclaimedOrBy(claimHash: string): Condition {
  return {
    expression: 'attribute_exists(pk) AND (attribute_not_exists(c) OR c = :c)',
    names: {},
    values: { ':c': claimHash },
  };
}
