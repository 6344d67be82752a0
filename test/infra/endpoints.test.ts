import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import {
  bucketEndpoint,
  type EndpointParameters,
  endpointsOf,
  hosts,
} from '../../infra/lambda-endpoints.ts';
import { fromSharedConfigFiles } from '../../infra/lambda-shared-config.ts';
import { regions } from '../../infra/regions.ts';

type Resolver = (asked: EndpointParameters) => unknown;

const client = { region: 'eu-west-1' };
const clients: Readonly<Record<string, { readonly config: object }>> = {
  'client-dynamodb': new DynamoDBClient(client),
  'client-eventbridge': new EventBridgeClient(client),
  'client-kms': new KMSClient(client),
  'client-secrets-manager': new SecretsManagerClient(client),
  'client-sesv2': new SESv2Client(client),
  'client-sns': new SNSClient(client),
  'client-sqs': new SQSClient(client),
};
const resolverOf = ({ config }: { readonly config: object }): Resolver =>
  (config as { endpointProvider: Resolver }).endpointProvider;

const ordinary = { UseFIPS: false, UseDualStack: false, Endpoint: undefined };
const everywhere = [...new Set(regions.map(({ region }) => region))];

it('has an address for every client but that of buckets', () => {
  expect(Object.keys(hosts).sort()).toEqual(Object.keys(clients).sort());
});

describe.each(Object.entries(hosts))('the address of %s', (name, host) => {
  const theirs = resolverOf(clients[name] ?? { config: {} });
  const ours = endpointsOf(host);

  it.each(everywhere)('in %s is the one of the SDK', (Region) => {
    expect(ours({ ...ordinary, Region })).toEqual(theirs({ ...ordinary, Region }));
  });

  it('is the one that is given', () => {
    const asked = { ...ordinary, Region: 'eu-west-1', Endpoint: 'http://127.0.0.1:4566/path' };
    expect(ours(asked)).toEqual(theirs(asked));
  });

  it('is of no other kind', () => {
    for (const other of ['UseFIPS', 'UseDualStack', 'AccountId', 'EndpointId', 'OfTomorrow']) {
      expect(() => ours({ ...ordinary, Region: 'eu-west-1', [other]: true })).toThrow(other);
    }
    for (const Region of ['cn-north-1', 'us-gov-west-1', 'local', undefined]) {
      expect(() => ours({ ...ordinary, Region })).toThrow('special endpoints');
    }
  });
});

describe('the address of a table', () => {
  const [theirs, ours] = [resolverOf(new DynamoDBClient(client)), endpointsOf('dynamodb')];
  const Region = 'eu-west-1';

  it.each([
    { ResourceArn: 'table-of-members' },
    { ResourceArnList: ['table-of-members'] },
    { AccountIdEndpointMode: 'preferred' },
  ])('is the same with %j', (more) => {
    const asked = { ...ordinary, Region, ...more };
    expect(ours(asked)).toEqual(theirs(asked));
  });

  it('is not looked for at an account', () => {
    const ResourceArn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/t';
    expect(() => ours({ ...ordinary, Region, ResourceArn })).toThrow('ResourceArn');
    expect(() => ours({ ...ordinary, Region, ResourceArnList: [ResourceArn] })).toThrow('Arn');
    expect(() => ours({ ...ordinary, Region, AccountIdEndpointMode: 'required' })).toThrow('Mode');
  });
});

describe('the address of a bucket', () => {
  const theirs = resolverOf(new S3Client(client));
  const asked = { ...ordinary, Bucket: 'files-of-banks', Key: 'in/a.xml', ForcePathStyle: false };

  it.each(everywhere)('in %s is the one of the SDK', (Region) => {
    expect(bucketEndpoint({ ...asked, Region })).toEqual(theirs({ ...asked, Region }));
  });

  it.each(['http://127.0.0.1:4566', 'http://127.0.0.1:4566/files/'])('is a path of %s', (given) => {
    const local = { ...asked, Region: 'eu-west-1', Endpoint: given };
    expect(bucketEndpoint(local)).toEqual(theirs(local));
  });

  it.each([
    { Bucket: 'with.dots' },
    { Bucket: 'fast--euw1-az1--x-s3' },
    { Bucket: 'arn:aws:s3:eu-west-1:123456789012:accesspoint:a' },
    { Bucket: undefined },
    { ForcePathStyle: true },
    { Accelerate: true },
    { Endpoint: 'http://localhost:4566' },
  ])('is refused to %j', (other) => {
    expect(() => bucketEndpoint({ ...asked, Region: 'eu-west-1', ...other })).toThrow('special');
  });
});

it('leaves settings to the environment and the default', async () => {
  await expect(fromSharedConfigFiles()()).rejects.toMatchObject({ tryNextLink: true });
});
