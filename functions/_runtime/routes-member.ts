import { viewHistory } from '../../shared/app/members/history-view.ts';
import {
  type ProfileDependencies,
  viewPreferences,
  viewProfile,
} from '../../shared/app/members/member-profile.ts';
import { viewTier } from '../../shared/app/members/member-tier.ts';
import { viewBalance } from '../../shared/app/members/member-views.ts';
import { type StatementDependencies, viewStatement } from '../../shared/app/members/statement.ts';
import {
  historyQuerySchema,
  noQuerySchema,
  statementQuerySchema,
} from '../../shared/contracts/members.ts';
import { success } from '../../shared/domain/result.ts';
import type { ProjectionStore } from '../../shared/ports/stores.ts';
import { jsonReply } from './middleware/reply.ts';
import { type ApiAnswers, answerWith, queryOf } from './routes.ts';

export type MemberRouteDependencies = Parameters<typeof viewBalance>[0] &
  ProfileDependencies &
  StatementDependencies & { readonly projections: Pick<ProjectionStore, 'readHistory'> };

const member = '/v1/programs/{program}/members/{member}';

/** What a member has, and what became of it: nothing here changes anything. */
export function memberAnswers(dependencies: MemberRouteDependencies): ApiAnswers {
  return {
    [`GET ${member}`]: async (call) => {
      const query = queryOf(call, noQuerySchema);
      return query.ok ? answerWith(200, await viewProfile(dependencies, call)) : query;
    },
    [`GET ${member}/balance`]: async (call) => {
      const query = queryOf(call, noQuerySchema);
      if (!query.ok) return query;
      const balance = await viewBalance(dependencies, call);
      if (!balance.ok) return balance;
      return success(jsonReply(200, { available: Object.fromEntries(balance.value) }));
    },
    [`GET ${member}/statement`]: async (call) => {
      const query = queryOf(call, statementQuerySchema);
      if (!query.ok) return query;
      const { program, member: of } = call;
      const { language } = query.value;
      const asked = { program, member: of, ...(language !== undefined && { language }) };
      return answerWith(200, await viewStatement(dependencies, asked));
    },
    [`GET ${member}/history`]: async (call) => {
      const query = queryOf(call, historyQuerySchema);
      if (!query.ok) return query;
      const { program, member: of } = call;
      const { before } = query.value;
      const asked = { program, member: of, ...(before !== undefined && { before }) };
      return success(jsonReply(200, await viewHistory(dependencies.projections, asked)));
    },
    [`GET ${member}/tier`]: async (call) => {
      const query = queryOf(call, noQuerySchema);
      return query.ok ? answerWith(200, await viewTier(dependencies, call)) : query;
    },
    [`GET ${member}/preferences`]: async (call) => {
      const query = queryOf(call, noQuerySchema);
      if (!query.ok) return query;
      return success(jsonReply(200, await viewPreferences(dependencies, call)));
    },
  };
}
