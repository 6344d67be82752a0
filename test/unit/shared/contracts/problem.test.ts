import { describe, expect, it } from 'vitest';
import {
  problemOf,
  refusalStatus,
  unexpectedProblem,
} from '../../../../shared/contracts/problem.ts';
import { type RefusalCode, refusalSentences } from '../../../../shared/domain/refusal.ts';

describe('problem documents (P9)', () => {
  it.each(Object.keys(refusalSentences) as RefusalCode[])('exist for %s', (code) => {
    const problem = problemOf({ code, field: 'lines.0.sku' });
    expect(problem).toEqual({
      type: `urn:guerdon:problem:${code}`,
      title: refusalSentences[code],
      status: refusalStatus(code),
      code,
      field: 'lines.0.sku',
    });
    expect(problem.status).toBeGreaterThanOrEqual(400);
    expect(problem.status).toBeLessThan(600);
  });

  it('have a field only where there is one, and a short one', () => {
    expect(problemOf({ code: 'FORBIDDEN' })).not.toHaveProperty('field');
    const { field = '' } = problemOf({ code: 'UNKNOWN_FIELD', field: 'x'.repeat(10_000) });
    expect(field).toHaveLength(256);
  });

  it('tell nothing of an unexpected error but the request', () => {
    expect(unexpectedProblem('abc=')).toEqual({
      type: 'urn:guerdon:problem:UNEXPECTED_ERROR',
      title: expect.any(String),
      status: 500,
      code: 'UNEXPECTED_ERROR',
      instance: 'urn:guerdon:request:abc=',
    });
  });
});
