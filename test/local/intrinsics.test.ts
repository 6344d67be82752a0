import { describe, expect, it } from 'vitest';
import { resolveIntrinsics, type Scope } from '../../infra/local/template/intrinsics.ts';

const scope: Scope = {
  reference: (name) => ({ Queue: 'queue-url', 'AWS::Region': 'eu-west-1' })[name],
  attribute: (logicalId, name) => (logicalId === 'Queue' && name === 'Arn' ? 'arn:q' : undefined),
};
/** A variable in the text of `Fn::Sub`. */
const of = (name: string) => `$\{${name}}`;
const resolve = (value: unknown) => resolveIntrinsics(value, scope, 'Here');

describe('intrinsic functions', () => {
  it.each([
    [{ Ref: 'Queue' }, 'queue-url'],
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:q'],
    [{ 'Fn::GetAtt': 'Queue.Arn' }, 'arn:q'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 1]] }, 'a-eu-west-1-1'],
    [
      { 'Fn::Sub': `a ${of('Queue')} ${of('Queue.Arn')} ${of('!Literal')}` },
      `a queue-url arn:q ${of('Literal')}`,
    ],
    [
      { 'Fn::Sub': [`${of('x')}-${of('AWS::Region')}`, { x: { Ref: 'Queue' } }] },
      'queue-url-eu-west-1',
    ],
    [{ 'Fn::Select': ['1', { 'Fn::Split': ['-', { Ref: 'AWS::Region' }] }] }, 'west'],
    [
      { a: [{ Ref: 'Queue' }, { Ref: 'AWS::NoValue' }], b: { Ref: 'AWS::NoValue' } },
      { a: ['queue-url'] },
    ],
  ])('%j becomes %j', (value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });

  it.each([
    [{ a: { 'Fn::ImportValue': 'x' } }, 'Here.a: the local runtime does not know Fn::ImportValue.'],
    [{ Ref: 'Missing' }, 'Here.Ref: nothing in the template is Missing.'],
    [{ 'Fn::Sub': of('Queue.Nope') }, 'Here.Fn::Sub: nothing in the template is Queue.Nope.'],
    [{ 'Fn::Select': [9, ['a']] }, 'Here.Fn::Select: the list has no such element.'],
    [{ 'Fn::Join': ['', [{ a: 1 }]] }, 'Here.Fn::Join: a string is expected here.'],
  ])('%j is refused', (value, message) => {
    expect(() => resolve(value)).toThrow(message);
  });
});
