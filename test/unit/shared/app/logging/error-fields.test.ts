import { describe, expect, it } from 'vitest';
import { errorFields } from '../../../../../shared/app/logging/error-fields.ts';
import { InvariantError } from '../../../../../shared/domain/result.ts';

describe('what is logged of an exception', () => {
  it('is its name, its code and its place, and no message', () => {
    const error = Object.assign(new TypeError('CANARY\n    at CANARY (CANARY.ts:1:1)'), {
      code: 'ECONNRESET',
    });
    const fields = errorFields(error);
    expect(fields).toEqual({
      errorName: 'TypeError',
      errorCode: 'ECONNRESET',
      at: expect.stringMatching(/^error-fields\.test\.ts:\d+:\d+$/),
    });
  });

  it('leaves out names and codes that could carry something', () => {
    const error = Object.assign(new Error('CANARY'), { name: 'a b@c', code: 'https://x' });
    expect(errorFields(error)).toEqual({ errorName: 'Error', at: expect.any(String) });
    expect(errorFields('CANARY')).toEqual({ errorName: 'string' });
    expect(errorFields(undefined)).toEqual({ errorName: 'undefined' });
  });

  it('gives the sentence of a broken invariant', () => {
    const fields = errorFields(new InvariantError('Legs sum to zero.'));
    expect(fields).toMatchObject({ errorName: 'InvariantError', invariant: 'Legs sum to zero.' });
  });
});
