import { createHash } from 'node:crypto';
import { unsupported } from '../failure.ts';
import type { TemplateResource } from './assembly.ts';

/** Where resources stand: all that their addresses are made of. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
  readonly stackName: string;
  /** `http://127.0.0.1:PORT` of the queue server, without a slash at the end. */
  readonly queueOrigin: string;
  /** The same of the HTTP API. */
  readonly apiOrigin: string;
}

/** What `Ref` and `Fn::GetAtt` of a resource give. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** fauxqs and DynamoDB Local both name this account, so every other address does too. */
export const localAccountId = '000000000000';

type Identify = (name: string, place: Place) => Identity;

interface Kind {
  /** Property that holds the name somebody chose, if the type has one. */
  readonly nameProperty?: string;
  readonly identify: Identify;
}

/** Types that do something here. */
const acting: Readonly<Record<string, Kind>> = {
  'AWS::DynamoDB::Table': { nameProperty: 'TableName', identify: table },
  'AWS::DynamoDB::GlobalTable': { nameProperty: 'TableName', identify: table },
  'AWS::SQS::Queue': { nameProperty: 'QueueName', identify: queue },
  'AWS::S3::Bucket': { nameProperty: 'BucketName', identify: bucket },
  'AWS::Lambda::Function': { nameProperty: 'FunctionName', identify: lambda },
  'AWS::Lambda::EventSourceMapping': { identify: plain },
  'AWS::Events::EventBus': { nameProperty: 'Name', identify: eventBus },
  'AWS::Events::Rule': { nameProperty: 'Name', identify: plain },
  'AWS::Scheduler::Schedule': { nameProperty: 'Name', identify: plain },
  'AWS::ApiGatewayV2::Api': { identify: api },
  'AWS::ApiGatewayV2::Route': { identify: plain },
  'AWS::ApiGatewayV2::Integration': { identify: plain },
  'AWS::ApiGatewayV2::Authorizer': { identify: plain },
  'AWS::ApiGatewayV2::Stage': { nameProperty: 'StageName', identify: plain },
  'AWS::KMS::Key': { identify: key },
  'AWS::KMS::Alias': { nameProperty: 'AliasName', identify: plain },
  'AWS::SecretsManager::Secret': { nameProperty: 'Name', identify: secret },
};

/**
 * Types, or their prefixes, that knowingly do nothing here: permissions are not enforced, nobody
 * is alarmed, logs go to the listener of function logs, and mail needs no identity.
 */
const inert = [
  'AWS::IAM::',
  'AWS::Logs::',
  'AWS::CloudWatch::',
  'AWS::SES::',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SNS::Subscription',
  'AWS::SQS::QueuePolicy',
  'AWS::S3::BucketPolicy',
  'AWS::Lambda::Permission',
  'AWS::Events::EventBusPolicy',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::CDK::Metadata',
];

export function isActing(type: string): boolean {
  return Object.hasOwn(acting, type);
}

/** The name property of a type, for those whose names can be chosen. */
export function namePropertyOf(type: string): string | undefined {
  return acting[type]?.nameProperty;
}

/** Throws, with the type and the resource, on a type that the local runtime does not know. */
export function checkType(logicalId: string, { Type }: TemplateResource): void {
  const isInert = inert.some((known) =>
    known.endsWith('::') ? Type.startsWith(known) : Type === known,
  );
  if (isInert || isActing(Type)) return;
  throw unsupported(logicalId, `the local runtime does not know resources of type ${Type}.`);
}

/**
 * What references to a resource give. Types without a local effect have made-up addresses: they
 * end up in policies and alarms only.
 */
export function identify(
  { logicalId, type, name }: { logicalId: string; type: string; name: string | undefined },
  place: Place,
): Identity {
  const kind = acting[type];
  if (kind === undefined) return inertIdentity(logicalId, place);
  return kind.identify(name ?? `${place.stackName}-${logicalId}`, place);
}

function inertIdentity(logicalId: string, place: Place): Identity {
  const ref = arn(place, 'local', logicalId);
  return { ref, attributes: new Proxy({}, { get: () => ref, has: () => true }) };
}

function plain(name: string, place: Place): Identity {
  return { ref: name, attributes: { Arn: arn(place, 'local', name) } };
}

/** A stream's real address is known once the table stands; readers look it up by table. */
function table(name: string, place: Place): Identity {
  const Arn = arn(place, 'dynamodb', `table/${name}`);
  return { ref: name, attributes: { Arn, StreamArn: `${Arn}/stream/local` } };
}

/** SQS allows 80 characters. The tail of a CDK name is its hash, so it stays. */
function queue(name: string, place: Place): Identity {
  const QueueName = name.length <= 80 ? name : `${name.slice(0, 40)}-${name.slice(-39)}`;
  const QueueUrl = `${place.queueOrigin}/${place.accountId}/${QueueName}`;
  const attributes = { Arn: arn(place, 'sqs', QueueName), QueueName, QueueUrl };
  return { ref: QueueUrl, attributes };
}

/** S3 takes small letters, and 63 of them. */
function bucket(name: string, { region }: Place): Identity {
  const ref = name
    .toLowerCase()
    .slice(-63)
    .replace(/^[^a-z0-9]+/, '');
  const attributes = {
    Arn: `arn:aws:s3:::${ref}`,
    DomainName: `${ref}.s3.amazonaws.com`,
    RegionalDomainName: `${ref}.s3.${region}.amazonaws.com`,
  };
  return { ref, attributes };
}

function lambda(name: string, place: Place): Identity {
  return { ref: name, attributes: { Arn: arn(place, 'lambda', `function:${name}`) } };
}

function eventBus(name: string, place: Place): Identity {
  const attributes = { Arn: arn(place, 'events', `event-bus/${name}`), Name: name };
  return { ref: name, attributes };
}

function api(name: string, place: Place): Identity {
  const ApiId = shortHash(name).slice(0, 10);
  return { ref: ApiId, attributes: { ApiId, ApiEndpoint: place.apiOrigin } };
}

function key(name: string, place: Place): Identity {
  const hash = shortHash(name);
  const KeyId = [0, 8, 12, 16, 20]
    .map((from, index) => hash.slice(from, [8, 12, 16, 20, 32][index]))
    .join('-');
  return { ref: KeyId, attributes: { KeyId, Arn: arn(place, 'kms', `key/${KeyId}`) } };
}

/** Real ones end in six random characters, and so must these for readers that expect it. */
function secret(name: string, place: Place): Identity {
  const Id = arn(place, 'secretsmanager', `secret:${name}-${shortHash(name).slice(0, 6)}`);
  return { ref: Id, attributes: { Id, Arn: Id } };
}

function arn({ region, accountId }: Place, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
