import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { FileFolder } from '../../shared/ports/file-exchange.ts';
import type { ServiceFunction } from '../constructs/service-function.ts';

/** As long as a year's audit may ask for a file, and a month. */
const keptDays = 400;

const expiring: readonly FileFolder[] = [
  ...(['bank/outgoing', 'bank/read', 'bank/refused'] as const),
  ...(['sanctions/read', 'sanctions/refused'] as const),
];

const incoming: readonly FileFolder[] = ['bank/incoming', 'sanctions/incoming'];
const outgoing: FileFolder = 'bank/outgoing';

/**
 * Where files are exchanged with banks: whoever connects a bank takes from `bank/outgoing` and puts
 * into `bank/incoming`. What waits in `incoming` is kept until it is taken in; everything else for
 * as long as it may be asked for, and what was replaced or taken away from a folder as long again:
 * it is the evidence of what was read, and that a file has been in `bank/outgoing`.
 */
export class ExchangeBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      // The data key seals for one program at a time; who connects a bank must not have it.
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        ...expiring.map((folder) => ({
          prefix: `${folder}/`,
          expiration: Duration.days(keptDays),
        })),
        {
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          expiredObjectDeleteMarker: true,
          noncurrentVersionExpiration: Duration.days(keptDays),
        },
      ],
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only one function and the connector of a bank have access; what a file did is told by ' +
        'the log of the function, and its versions are kept.',
    });
  }

  /** Lets a function work below the folders, and nowhere else in the bucket. */
  allow(consumer: ServiceFunction): void {
    const { bucketArn, bucketName } = this.bucket;
    const below = (folders: readonly FileFolder[]) => folders.map((folder) => `${folder}/*`);
    const objects = (folders: readonly FileFolder[]) =>
      below(folders).map((folder) => `${bucketArn}/${folder}`);
    const listing = (action: string, folders: readonly FileFolder[]) => ({
      actions: [action],
      resources: [bucketArn],
      conditions: { StringLike: { 's3:prefix': below(folders) } },
    });
    const allowed = [
      listing('s3:ListBucket', incoming),
      // Whether a file has been there, whoever has taken it since.
      listing('s3:ListBucketVersions', [outgoing]),
      { actions: ['s3:GetObject', 's3:DeleteObject'], resources: objects(incoming) },
      { actions: ['s3:PutObject'], resources: objects(expiring) },
    ];
    consumer.lambda.addEnvironment('FILES_BUCKET', bucketName);
    for (const each of allowed) consumer.lambda.addToRolePolicy(new PolicyStatement(each));
    const id = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as CfnBucket);
    for (const folder of below([...incoming, ...expiring])) {
      Validations.of(consumer).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${id}.Arn>/${folder}]`,
        reason: 'Others choose the names of files; the folders that they lie in are named.',
      });
    }
  }
}
