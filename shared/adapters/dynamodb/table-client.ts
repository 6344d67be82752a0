import {
  BatchGetItemCommand,
  type BatchGetItemInput,
  type BatchGetItemOutput,
  BatchWriteItemCommand,
  type BatchWriteItemInput,
  type BatchWriteItemOutput,
  type DynamoDBClient,
  GetItemCommand,
  type GetItemInput,
  type GetItemOutput,
  PutItemCommand,
  type PutItemInput,
  type PutItemOutput,
  QueryCommand,
  type QueryInput,
  type QueryOutput,
  ScanCommand,
  type ScanInput,
  type ScanOutput,
  TransactWriteItemsCommand,
  type TransactWriteItemsInput,
} from '@aws-sdk/client-dynamodb';

/** Takes the billed write units of a call; the meter fills it, the bare client leaves it alone. */
export interface Bill {
  add(units: number): void;
}

/**
 * The few calls that the stores make, in the SDK's own shapes; wrapped by the meter, and by tests.
 */
export interface TableClient {
  get(input: GetItemInput): Promise<GetItemOutput>;
  batchGet(input: BatchGetItemInput): Promise<BatchGetItemOutput>;
  query(input: QueryInput): Promise<QueryOutput>;
  scan(input: ScanInput): Promise<ScanOutput>;
  put(input: PutItemInput, bill: Bill): Promise<PutItemOutput>;
  batchWrite(input: BatchWriteItemInput, bill: Bill): Promise<BatchWriteItemOutput>;
  transact(input: TransactWriteItemsInput, bill: Bill): Promise<void>;
}

export function createTableClient(dynamodb: Pick<DynamoDBClient, 'send'>): TableClient {
  return {
    get: (input) => dynamodb.send(new GetItemCommand(input)),
    batchGet: (input) => dynamodb.send(new BatchGetItemCommand(input)),
    query: (input) => dynamodb.send(new QueryCommand(input)),
    scan: (input) => dynamodb.send(new ScanCommand(input)),
    put: (input) => dynamodb.send(new PutItemCommand(input)),
    batchWrite: (input) => dynamodb.send(new BatchWriteItemCommand(input)),
    async transact(input) {
      await dynamodb.send(new TransactWriteItemsCommand(input));
    },
  };
}
