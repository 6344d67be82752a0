import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

/** The least that a function on DynamoDB can be. */
export const handler = (event: { readonly pk: string; readonly sk: string }) =>
  client.send(
    new GetItemCommand({
      TableName: process.env.TABLE_NAME ?? '',
      Key: { pk: { S: event.pk }, sk: { S: event.sk } },
    }),
  );
