import { describe, expect, it } from 'vitest';
import { regions } from '../../infra/regions.ts';
import { functionNames } from '../../infra/stacks/functions.ts';
import { actionsOf, RowTemplate, referencesIn, statements } from './synthesized.ts';

const [production] = regions;
if (!production) throw new Error('rows are missing');
const template = new RowTemplate(production);
const [[id, bucket] = ['', undefined], ...others] = template.all('AWS::S3::Bucket');

interface Lifecycle {
  readonly Rules: readonly unknown[];
}

describe('the bucket of files', () => {
  it('is the only one, and outlives its stack', () => {
    expect(others).toEqual([]);
    expect(bucket).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('is private, encrypted, and keeps what was replaced as long as the rest', () => {
    expect(bucket?.Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: {
        ...{ BlockPublicAcls: true, BlockPublicPolicy: true },
        ...{ IgnorePublicAcls: true, RestrictPublicBuckets: true },
      },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    const { Rules } = (bucket?.Properties.LifecycleConfiguration ?? { Rules: [] }) as Lifecycle;
    const expiring = Rules.flatMap((rule) => {
      const { ExpirationInDays, Prefix } = rule as Record<string, unknown>;
      return ExpirationInDays === undefined ? [] : [[Prefix, ExpirationInDays]];
    });
    expect(expiring).toEqual([
      ...[['bank/outgoing/', 400] as const, ['bank/read/', 400] as const],
      ...[['bank/refused/', 400] as const, ['sanctions/read/', 400] as const],
      ['sanctions/refused/', 400],
    ]);
    expect(Rules).toContainEqual(
      expect.objectContaining({ NoncurrentVersionExpiration: { NoncurrentDays: 400 } }),
    );
  });

  it('refuses whoever comes without TLS, and lets nobody in by itself', () => {
    const [policy] = [...template.all('AWS::S3::BucketPolicy').values()];
    const all = statements(policy?.Properties.PolicyDocument);
    expect(all.map(({ Effect }) => Effect)).not.toContain('Allow');
    expect(all).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });

  it('is open to payout-files alone, in each folder for what it does there', () => {
    const actions = ['ListBucket', 'ListBucketVersions', 'GetObject', 'PutObject', 'DeleteObject'];
    for (const action of actions) {
      expect(template.whoMay(`s3:${action}`)).toEqual(['payout-files']);
    }
    const all = functionNames.flatMap((name) => template.statementsOf(name));
    const ofFiles = all.filter((statement) =>
      actionsOf(statement).some((action) => action.startsWith('s3:')),
    );
    const arn = { 'Fn::GetAtt': [id, 'Arn'] };
    const below = (folder: string) => ({ 'Fn::Join': ['', [arn, `/${folder}/*`]] });
    const listed = (...prefixes: string[]) => ({
      Condition: { StringLike: { 's3:prefix': prefixes } },
    });
    const allowed = ofFiles.map((statement) => [actionsOf(statement).sort(), statement] as const);
    expect(allowed).toEqual([
      [
        ['s3:ListBucket'],
        expect.objectContaining(listed('bank/incoming/*', 'sanctions/incoming/*')),
      ],
      [['s3:ListBucketVersions'], expect.objectContaining(listed('bank/outgoing/*'))],
      [
        ['s3:DeleteObject', 's3:GetObject'],
        expect.objectContaining({
          Resource: [below('bank/incoming'), below('sanctions/incoming')],
        }),
      ],
      [
        ['s3:PutObject'],
        expect.objectContaining({
          Resource: [
            ...['bank/outgoing', 'bank/read', 'bank/refused'].map(below),
            ...['sanctions/read', 'sanctions/refused'].map(below),
          ],
        }),
      ],
    ]);
    expect(referencesIn(template.environmentOf('payout-files').FILES_BUCKET)).toEqual([id]);
  });
});
