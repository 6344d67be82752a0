import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Json = Record<string, unknown>;

const root = fileURLToPath(new URL('../..', import.meta.url));
const functions = {
  Worker: 'test/fixtures/local/handlers/worker.mjs',
  Reader: 'test/fixtures/local/handlers/reader.mjs',
  Api: 'test/fixtures/local/handlers/api.mjs',
};

/** What the local stack of the tests is made of: one of each kind of thing, with tiny handlers. */
export const fixtureResources: Record<string, Json> = {
  Table: resource('AWS::DynamoDB::Table', {
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  }),
  Bus: resource('AWS::Events::EventBus', { Name: 'fixture' }),
  Files: resource('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } }),
  FilesPolicy: resource('AWS::S3::BucketPolicy', { Bucket: { Ref: 'Files' } }),
  Dead: resource('AWS::SQS::Queue', {}),
  Unread: resource('AWS::SQS::Queue', {}),
  Work: resource('AWS::SQS::Queue', {
    VisibilityTimeout: 30,
    RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 2 },
  }),
  Check: resource('AWS::SQS::Queue', { VisibilityTimeout: 30 }),
  Rule: resource('AWS::Events::Rule', {
    EventBusName: { Ref: 'Bus' },
    EventPattern: { source: ['test'], detail: { action: [{ exists: true }] } },
    Targets: [{ Id: 'T', Arn: arnOf('Work') }],
  }),
  WorkerMapping: resource('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: arnOf('Work'),
    FunctionName: { Ref: 'Worker' },
    BatchSize: 20,
    MaximumBatchingWindowInSeconds: 1,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  }),
  CheckMapping: resource('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: arnOf('Check'),
    FunctionName: { Ref: 'Worker' },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  }),
  ReaderMapping: resource('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
    FunctionName: arnOf('Reader'),
    BatchSize: 10,
    StartingPosition: 'TRIM_HORIZON',
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 1,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    DestinationConfig: { OnFailure: { Destination: arnOf('Unread') } },
    FilterCriteria: {
      Filters: [
        {
          Pattern: '{"eventName":["INSERT"],"dynamodb":{"NewImage":{"k":{"S":[{"exists":true}]}}}}',
        },
      ],
    },
  }),
  Tick: resource('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'rate(15 minutes)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: arnOf('Api'), RoleArn: arnOf('Role'), Input: '{"task":"tick"}' },
  }),
  Key: resource('AWS::KMS::Key', {}),
  ClaimSecret: resource('AWS::SecretsManager::Secret', {
    GenerateSecretString: { SecretStringTemplate: '{"a":1}', GenerateStringKey: 'key' },
  }),
  GivenSecret: resource('AWS::SecretsManager::Secret', { Name: 'fixture/given' }),
  HttpApi: resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP', Name: 'fixture' }),
  Stage: resource('AWS::ApiGatewayV2::Stage', {
    ApiId: { Ref: 'HttpApi' },
    StageName: '$default',
  }),
  Integration: resource('AWS::ApiGatewayV2::Integration', {
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: arnOf('Api'),
    PayloadFormatVersion: '2.0',
  }),
  Members: resource('AWS::ApiGatewayV2::Authorizer', {
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Audience: ['fixture'], Issuer: 'https://issuer.example' },
  }),
  OpenRoute: route('ANY /open/{id}', {}),
  ClosedRoute: route('GET /closed/{id}', {
    AuthorizationType: 'JWT',
    AuthorizerId: { Ref: 'Members' },
    AuthorizationScopes: ['member'],
  }),
  Role: resource('AWS::IAM::Role', {}),
  Alarm: resource('AWS::CloudWatch::Alarm', {}),
  ...Object.fromEntries(Object.keys(functions).map((name) => [name, lambda(name)])),
};

/** Writes a cloud assembly as CDK would, and returns its folder. */
export function writeAssembly(folder: string, changes: Record<string, Json> = {}): string {
  const nested = join(folder, 'assembly-fixture');
  mkdirSync(nested, { recursive: true });
  const files: Json = {};
  for (const [name, file] of Object.entries(functions)) {
    const asset = join(folder, `asset.${name}`);
    mkdirSync(asset, { recursive: true });
    cpSync(join(root, file), join(asset, 'index.mjs'));
    files[name] = {
      source: { path: `../asset.${name}`, packaging: 'zip' },
      destinations: { here: { objectKey: `${name}.zip` } },
    };
  }
  const write = (path: string, value: Json) => writeFileSync(path, JSON.stringify(value));
  write(join(folder, 'manifest.json'), {
    artifacts: { 'assembly-fixture': { type: 'cdk:cloud-assembly', properties: {} } },
  });
  write(join(nested, 'manifest.json'), {
    artifacts: {
      assets: { type: 'cdk:asset-manifest', properties: { file: 'fixture.assets.json' } },
      fixture: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/eu-west-1',
        properties: { templateFile: 'fixture.template.json', stackName: 'fixture' },
      },
    },
  });
  write(join(nested, 'fixture.assets.json'), { files });
  write(join(nested, 'fixture.template.json'), {
    Resources: { ...fixtureResources, ...changes },
    Outputs: {
      BusName: { Value: { Ref: 'Bus' } },
      TableName: { Value: { Ref: 'Table' } },
      FilesBucketName: { Value: { Ref: 'Files' } },
      FilesBucketArn: { Value: arnOf('Files') },
      CheckUrl: { Value: { Ref: 'Check' } },
      WorkUrl: { Value: { Ref: 'Work' } },
      KeyArn: { Value: arnOf('Key') },
      ClaimSecret: { Value: { Ref: 'ClaimSecret' } },
      ApiUrl: {
        Value: {
          'Fn::Join': [
            '',
            [
              'https://',
              { Ref: 'HttpApi' },
              '.execute-api.eu-west-1.',
              { Ref: 'AWS::URLSuffix' },
              '/claim',
            ],
          ],
        },
      },
    },
  });
  return folder;
}

function lambda(name: string): Json {
  return resource('AWS::Lambda::Function', {
    Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Timeout: 2,
    MemorySize: 128,
    Environment: { Variables: { TABLE_NAME: { Ref: 'Table' }, CLOCK_OFFSET_MS: '0' } },
  });
}

function route(RouteKey: string, properties: Json): Json {
  const Target = { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] };
  return resource('AWS::ApiGatewayV2::Route', { RouteKey, Target, ...properties });
}

function resource(Type: string, Properties: Json): Json {
  return { Type, Properties };
}

function arnOf(logicalId: string): Json {
  return { 'Fn::GetAtt': [logicalId, 'Arn'] };
}
