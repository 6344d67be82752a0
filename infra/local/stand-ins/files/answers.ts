import { leaf, parent, type Xml, xmlDocument } from '../../../../shared/domain/payout/xml-text.ts';
import type { WireResponse } from '../wire.ts';
import type { StoredObject } from './object-folder.ts';

/** Codes as the service has them, with the status of each. */
const statuses = {
  BadDigest: 400,
  IncompleteBody: 400,
  InvalidArgument: 400,
  InvalidURI: 400,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  PreconditionFailed: 412,
  EntityTooLarge: 400,
  NotImplemented: 501,
} as const;

/** Refuses a request: the code is the name that SDK clients throw. */
export class FileServiceError extends Error {
  override readonly name = 'FileServiceError';
  readonly code: keyof typeof statuses;

  constructor(code: keyof typeof statuses, message: string) {
    super(message);
    this.code = code;
  }
}

export function refusalOf({ code, message }: Pick<FileServiceError, 'code' | 'message'>) {
  const error = parent('Error', [leaf('Code', code), leaf('Message', message)]);
  return xmlAnswer(statuses[code], error);
}

export interface Listing {
  readonly bucket: string;
  readonly prefix: string;
  readonly mostKeys: number;
  readonly objects: readonly StoredObject[];
  /** Where the next page goes on; absent on the last one. */
  readonly next: string | undefined;
}

export function listingOf({ bucket, prefix, mostKeys, objects, next }: Listing): WireResponse {
  const contents = objects.map(({ key, body, tag, modifiedAt }) =>
    parent('Contents', [
      leaf('Key', key),
      leaf('LastModified', modifiedAt.toISOString()),
      leaf('ETag', `"${tag}"`),
      leaf('Size', `${body.length}`),
      leaf('StorageClass', 'STANDARD'),
    ]),
  );
  const result = parent(
    'ListBucketResult',
    [
      ...[leaf('Name', bucket), leaf('Prefix', prefix), leaf('KeyCount', `${objects.length}`)],
      ...[leaf('MaxKeys', `${mostKeys}`), leaf('IsTruncated', `${next !== undefined}`)],
      ...[next === undefined ? undefined : leaf('NextContinuationToken', next), ...contents],
    ],
    { xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/' },
  );
  return xmlAnswer(200, result);
}

/** That there has been an object under each key; nothing of older versions is kept here. */
export function versionsOf(
  { bucket, prefix }: Pick<Listing, 'bucket' | 'prefix'>,
  found: readonly { readonly key: string; readonly object: StoredObject | undefined }[],
): WireResponse {
  const entries = found.map(({ key, object }) => {
    const common = [leaf('Key', key), leaf('VersionId', 'null'), leaf('IsLatest', 'true')];
    if (object === undefined) return parent('DeleteMarker', common);
    return parent('Version', [...common, leaf('ETag', `"${object.tag}"`)]);
  });
  const head = [leaf('Name', bucket), leaf('Prefix', prefix), leaf('IsTruncated', 'false')];
  const xmlns = 'http://s3.amazonaws.com/doc/2006-03-01/';
  return xmlAnswer(200, parent('ListVersionsResult', [...head, ...entries], { xmlns }));
}

function xmlAnswer(status: number, root: Xml): WireResponse {
  return { status, headers: { 'content-type': 'application/xml' }, body: xmlDocument(root) };
}
