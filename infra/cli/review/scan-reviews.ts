import type { ScanInput } from '@aws-sdk/client-dynamodb';
import { parseReview } from '../../../shared/adapters/dynamodb/review-item.ts';
import { reviewSortKey } from '../../../shared/adapters/dynamodb/schema.ts';
import type { Table } from '../../../shared/adapters/dynamodb/table.ts';
import type { Review } from '../../../shared/domain/redemption/review.ts';

/** Reads the whole table, which is small on one machine; in the cloud nobody lists reviews so. */
export async function* scanReviews({ client, tableName }: Table): AsyncGenerator<Review> {
  let startKey: ScanInput['ExclusiveStartKey'];
  do {
    const page = await client.scan({
      ...{ TableName: tableName, ConsistentRead: true, FilterExpression: 'sk = :review' },
      ExpressionAttributeValues: { ':review': { S: reviewSortKey } },
      ...(startKey && { ExclusiveStartKey: startKey }),
    });
    for (const item of page.Items ?? []) yield parseReview(item);
    startKey = page.LastEvaluatedKey;
  } while (startKey !== undefined);
}
