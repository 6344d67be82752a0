import {
  type ChooseRailDependencies,
  chooseRail,
  viewPayoutChoice,
} from '../../shared/app/payouts/choose-rail.ts';
import { noQuerySchema } from '../../shared/contracts/members.ts';
import {
  payoutChoiceBodySchema,
  payoutChoiceFieldCodes,
} from '../../shared/contracts/payout-choice.ts';
import { success } from '../../shared/domain/result.ts';
import { emptyReply } from './middleware/reply.ts';
import { type ApiAnswers, answerWith, bodyOf, queryOf } from './routes.ts';

export type PayoutRouteDependencies = ChooseRailDependencies;

const choice = '/v1/programs/{program}/members/{member}/payout-choice';

/** How members want to be paid. */
export function payoutAnswers(dependencies: PayoutRouteDependencies): ApiAnswers {
  return {
    [`GET ${choice}`]: async (call) => {
      const query = queryOf(call, noQuerySchema);
      if (!query.ok) return query;
      return answerWith(200, await viewPayoutChoice(dependencies, call));
    },
    [`PUT ${choice}`]: async (call) => {
      const body = bodyOf(call, payoutChoiceBodySchema, payoutChoiceFieldCodes);
      if (!body.ok) return body;
      return answerWith(200, await chooseRail(dependencies, call, body.value));
    },
    [`DELETE ${choice}`]: async ({ program, member }) => {
      await dependencies.payouts.removeChoice({ program, member });
      return success(emptyReply(204));
    },
  };
}
