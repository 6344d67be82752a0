/**
 * Takes the place of the SDK's endpoint rules in the bundles: functions call the services of the
 * regions that they run in, at their ordinary addresses. The rules, a decision diagram for each
 * client with an interpreter for all, would be 10 to 30 KB of each bundle. A test holds the
 * addresses against the SDK's own.
 */
interface Endpoint {
  readonly url: URL;
  readonly properties: object;
  readonly headers: object;
}

/** What the SDK gives its rules: settings of the client, and parts of the request. */
export type EndpointParameters = Readonly<Record<string, unknown>>;

/** First part of the address, by the client's package. */
export const hosts: Readonly<Record<string, string>> = {
  'client-dynamodb': 'dynamodb',
  'client-eventbridge': 'events',
  'client-kms': 'kms',
  'client-secrets-manager': 'secretsmanager',
  'client-sesv2': 'email',
  'client-sns': 'sns',
  'client-sqs': 'sqs',
};

/** Throws where a parameter asks for another address than the ordinary one. */
export function endpointsOf(host: string): (asked: EndpointParameters) => Endpoint {
  return (asked) => {
    refuseOthers(asked, isOrdinary);
    const { Region, Endpoint } = asked;
    const address = Endpoint ?? `https://${host}.${Region}.amazonaws.com`;
    return { url: new URL(`${address}`), properties: {}, headers: {} };
  };
}

/** Each bucket has a host of its own, or a path of an endpoint that is an IP address. */
export function bucketEndpoint(asked: EndpointParameters): Endpoint {
  refuseOthers(asked, (name) => partsOfRequest.has(name));
  const { Region, Bucket, Endpoint } = asked;
  if (!ordinaryBucket.test(`${Bucket ?? ''}`)) throw refusal('Bucket');
  const own = `https://${Bucket}.s3.${Region}.amazonaws.com`;
  const url = new URL(Endpoint === undefined ? own : `${Endpoint}`);
  if (Endpoint !== undefined) {
    if (!/^[\d.]+$/.test(url.hostname)) throw refusal('Endpoint');
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${Bucket}`;
  }
  const scheme = { name: 'sigv4', signingName: 's3', signingRegion: Region };
  const authSchemes = [{ disableDoubleEncoding: true, ...scheme }];
  return { url, properties: { authSchemes }, headers: {} };
}

const partsOfRequest: ReadonlySet<string> = new Set(['Key', 'Prefix']);
/** With a dot it would be no name of a host; `--` marks other sorts of buckets. */
const ordinaryBucket = /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
/** Of the partition `aws`: those of China, governments and so on lie elsewhere. */
const ordinaryRegion = /^(?!cn-)[a-z]{2}-[a-z]+-\d$/;

/** `operation` and `region` are added where some clients look for how to sign. */
function refuseOthers(
  { Region, Endpoint, Bucket: _, operation: __, region: ___, ...others }: EndpointParameters,
  isKnown: (name: string, value: unknown) => boolean,
): void {
  for (const [name, value] of Object.entries(others)) {
    if (value !== undefined && value !== false && !isKnown(name, value)) throw refusal(name);
  }
  if (Endpoint === undefined && !ordinaryRegion.test(`${Region}`)) throw refusal('Region');
}

/** A table that is called by its ARN is looked for at its account's address. */
function isOrdinary(name: string, value: unknown): boolean {
  if (name === 'AccountIdEndpointMode') return value !== 'required';
  const isResource = name === 'ResourceArn' || name === 'ResourceArnList';
  return isResource && ![value].flat().some((each) => `${each}`.startsWith('arn:'));
}

function refusal(asked: string): Error {
  return new Error(`Bundles leave special endpoints out (${asked}): see infra/bundle.ts`);
}
