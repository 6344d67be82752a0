import { z } from 'zod';

/** A record as DynamoDB Streams writes it, which is also the form that Lambda hands over. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Record<string, unknown>;
    readonly NewImage?: Record<string, unknown>;
    readonly OldImage?: Record<string, unknown>;
    readonly SequenceNumber: string;
  };
  readonly [field: string]: unknown;
}

export interface Shard {
  readonly ShardId: string;
  readonly ParentShardId?: string | undefined;
}

export interface RecordPage {
  readonly Records: StreamRecord[];
  /** Absent where the shard has ended. */
  readonly NextShardIterator?: string;
}

/** The service refused; `type` is its name for the reason, without the namespace. */
export class StreamApiError extends Error {
  override readonly name = 'StreamApiError';
  readonly type: string;

  constructor(type: string, message: string) {
    super(`${type}: ${message}`);
    this.type = type;
  }
}

const error = z.object({ __type: z.string(), message: z.string().optional() });
const shards = z.object({
  StreamDescription: z.object({
    Shards: z.array(z.object({ ShardId: z.string(), ParentShardId: z.string().optional() })),
    LastEvaluatedShardId: z.string().optional(),
  }),
});
const described = z.object({ Table: z.object({ LatestStreamArn: z.string() }) });

/**
 * DynamoDB's JSON protocol without its SDK: stream records are needed as they are on the wire, and
 * the SDK would take each apart and put it together again.
 */
export class StreamApi {
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  async streamOf(table: string): Promise<string> {
    const answer = await this.#call('DynamoDB_20120810.DescribeTable', { TableName: table });
    return described.parse(answer).Table.LatestStreamArn;
  }

  async shards(StreamArn: string): Promise<Shard[]> {
    const found: Shard[] = [];
    let ExclusiveStartShardId: string | undefined;
    do {
      const input = { StreamArn, ExclusiveStartShardId };
      const answer = await this.#call('DynamoDBStreams_20120810.DescribeStream', input);
      const { StreamDescription } = shards.parse(answer);
      found.push(...StreamDescription.Shards);
      ExclusiveStartShardId = StreamDescription.LastEvaluatedShardId;
    } while (ExclusiveStartShardId !== undefined);
    return found;
  }

  /** An iterator behind `after`, or at the oldest record that is kept. */
  async iterator(StreamArn: string, ShardId: string, after: string | undefined): Promise<string> {
    const answer = await this.#call('DynamoDBStreams_20120810.GetShardIterator', {
      StreamArn,
      ShardId,
      ...(after === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }),
    });
    return z.object({ ShardIterator: z.string() }).parse(answer).ShardIterator;
  }

  /** At most 1,000 records. */
  async records(ShardIterator: string): Promise<RecordPage> {
    const answer = await this.#call('DynamoDBStreams_20120810.GetRecords', { ShardIterator });
    return answer as RecordPage;
  }

  /** Every item of a table, a page at a time. */
  async *items(TableName: string): AsyncGenerator<Record<string, unknown>[]> {
    let ExclusiveStartKey: unknown;
    do {
      const input = { TableName, ExclusiveStartKey };
      const answer = await this.#call('DynamoDB_20120810.Scan', input);
      const page = answer as { Items: Record<string, unknown>[]; LastEvaluatedKey?: unknown };
      yield page.Items;
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  }

  async #call(target: string, input: object): Promise<unknown> {
    const response = await fetch(this.#endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': target,
        // DynamoDB Local wants credentials to be there and does not check them.
        authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request',
      },
      body: JSON.stringify(input),
    });
    const answer: unknown = JSON.parse(await response.text());
    if (response.ok) return answer;
    const { __type, message } = error.parse(answer);
    throw new StreamApiError(__type.split('#').at(-1) ?? __type, message ?? '');
  }
}
