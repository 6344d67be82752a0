import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { unsupported } from '../failure.ts';
import { flag, integer, readProperties } from './properties.ts';
import type { Resolved, ResolvedTemplate } from './scope.ts';

export interface TablePlan {
  readonly name: string;
  /** As functions and mappings know it; DynamoDB Local names its streams differently. */
  readonly streamArn: string;
  readonly hasStream: boolean;
  readonly create: CreateTableCommandInput;
}

export interface QueuePlan {
  readonly logicalId: string;
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly deadLetterArn: string | undefined;
}

const named = z.object({ AttributeName: z.string() });
const keyPart = named.extend({ KeyType: z.enum(['HASH', 'RANGE']) });
const indexes = z
  .array(
    z.object({
      IndexName: z.string(),
      KeySchema: z.array(keyPart),
      Projection: z.object({
        ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
        NonKeyAttributes: z.array(z.string()).optional(),
      }),
    }),
  )
  .optional();

/**
 * The rest of a table's settings protect it in the cloud. TTL is one of them: it runs by the
 * machine's clock, and this runtime may stand at another date.
 */
const tableProperties = z.object({
  AttributeDefinitions: z.array(named.extend({ AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: z.array(keyPart),
  GlobalSecondaryIndexes: indexes,
  LocalSecondaryIndexes: indexes,
  StreamSpecification: z
    .object({
      StreamViewType: z.enum(['NEW_AND_OLD_IMAGES', 'NEW_IMAGE', 'OLD_IMAGE', 'KEYS_ONLY']),
    })
    .optional(),
});

const queueProperties = z.object({
  DelaySeconds: integer.optional(),
  FifoQueue: flag.optional().refine((fifo) => fifo !== true, 'FIFO queues are not served here.'),
  MaximumMessageSize: integer.optional(),
  MessageRetentionPeriod: integer.optional(),
  ReceiveMessageWaitTimeSeconds: integer.optional(),
  VisibilityTimeout: integer.optional(),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: integer }).optional(),
});

/** Here its objects lie in a folder; whatever protects and expires them is the cloud's. */
export function bucketOf(template: ResolvedTemplate): string | undefined {
  const [bucket, ...others] = template.ofType('AWS::S3::Bucket');
  const [other] = others;
  if (other !== undefined) {
    throw unsupported(other.logicalId, 'the local runtime serves one bucket.');
  }
  return bucket?.identity.ref;
}

export function tablesOf(template: ResolvedTemplate): TablePlan[] {
  return template.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(tableOf);
}

function tableOf(resource: Resolved): TablePlan {
  const read = readProperties(resource, tableProperties);
  const name = resource.identity.ref;
  return {
    name,
    streamArn: resource.identity.attributes.StreamArn ?? '',
    hasStream: read.StreamSpecification !== undefined,
    create: {
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: read.AttributeDefinitions,
      KeySchema: read.KeySchema,
      GlobalSecondaryIndexes: read.GlobalSecondaryIndexes,
      LocalSecondaryIndexes: read.LocalSecondaryIndexes,
      ...(read.StreamSpecification && {
        StreamSpecification: { StreamEnabled: true, ...read.StreamSpecification },
      }),
    },
  };
}

export function queuesOf(template: ResolvedTemplate): QueuePlan[] {
  return template.ofType('AWS::SQS::Queue').map((resource) => {
    const { FifoQueue: _, RedrivePolicy, ...settings } = readProperties(resource, queueProperties);
    const { ref, attributes } = resource.identity;
    const texts = Object.entries(settings).filter(([, value]) => value !== undefined);
    return {
      logicalId: resource.logicalId,
      name: attributes.QueueName ?? ref,
      url: ref,
      arn: attributes.Arn ?? '',
      deadLetterArn: RedrivePolicy?.deadLetterTargetArn,
      attributes: {
        ...Object.fromEntries(texts.map(([name, value]) => [name, String(value)])),
        ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
      },
    };
  });
}
