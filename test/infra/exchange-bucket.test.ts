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

  it('is private, encrypted, and keeps what was replaced for a month', () => {
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
      expect.objectContaining({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } }),
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

  it('is open to payout-files alone, below its folders', () => {
    for (const action of ['ListBucket', 'GetObject', 'PutObject', 'DeleteObject']) {
      expect(template.whoMay(`s3:${action}`)).toEqual(['payout-files']);
    }
    const all = functionNames.flatMap((name) => template.statementsOf(name));
    const ofFiles = all.filter((statement) =>
      actionsOf(statement).some((action) => action.startsWith('s3:')),
    );
    const [listing, using] = ofFiles;
    expect(ofFiles).toHaveLength(2);
    expect(listing).toMatchObject({
      Action: 's3:ListBucket',
      Condition: { StringLike: { 's3:prefix': ['bank/*', 'sanctions/*'] } },
    });
    expect(actionsOf(using ?? { Effect: 'Deny', Action: [], Resource: [] })).toEqual([
      ...['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
    ]);
    const arn = { 'Fn::GetAtt': [id, 'Arn'] };
    const below = (area: string) => ({ 'Fn::Join': ['', [arn, `/${area}/*`]] });
    expect(using?.Resource).toEqual([below('bank'), below('sanctions')]);
    expect(referencesIn(template.environmentOf('payout-files').FILES_BUCKET)).toEqual([id]);
  });
});
