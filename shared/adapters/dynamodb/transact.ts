import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { invariant } from '../../domain/result.ts';
import { systemDigest } from '../crypto.ts';
import { type Image, toImage } from './attributes.ts';
import type { Condition } from './condition.ts';
import { compacted, type Named } from './placeholders.ts';
import { retried } from './retry.ts';
import type { ItemKey } from './schema.ts';
import type { Table } from './table.ts';
import type { Bill } from './table-client.ts';
import { type Changes, updateExpression } from './update-expression.ts';

/** TransactWriteItems takes at most 100 actions, and never two on one item (aws-facts 1.1). */
export const maximumActions = 100;

/**
 * A refused transaction: which parts' conditions failed, with the item that stood there, if any.
 */
export type TransactionOutcome =
  | { readonly kind: 'committed' }
  | { readonly kind: 'refused'; readonly refused: ReadonlyMap<string, Image | undefined> };

/** An action's expressions as the service takes them. */
function conditional<Kind extends string>(
  expressions: Readonly<Record<Kind, string>>,
  named: Named,
) {
  const { names, values, ...rest } = compacted(expressions, named);
  return {
    ...rest.expressions,
    ...(Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: toImage(values) }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
}

function onlyIf(condition: Condition) {
  return conditional({ ConditionExpression: condition.expression }, condition);
}

/**
 * Collects the parts of one TransactWriteItems call; each part has a name, by which a refusal
 * tells it.
 */
export class Transaction {
  readonly #table: Table;
  readonly #parts: { readonly name: string; readonly action: TransactWriteItem }[] = [];
  readonly #keys = new Set<string>();

  constructor(table: Table) {
    this.#table = table;
  }

  put(name: string, item: Image, condition: Condition): this {
    const { pk, sk } = z.parse(keySchema, item);
    const action = { Put: { ...this.#on(), Item: item, ...onlyIf(condition) } };
    return this.#add(name, { pk: pk.S, sk: sk.S }, action);
  }

  /** Puts an item whatever stands there: one that the other parts make sure comes once. */
  putAlways(name: string, item: Image): this {
    const { pk, sk } = z.parse(keySchema, item);
    return this.#add(name, { pk: pk.S, sk: sk.S }, { Put: { ...this.#on(), Item: item } });
  }

  update(
    name: string,
    key: ItemKey,
    update: { readonly changes: Changes; readonly condition: Condition },
  ): this {
    const { changes, condition } = update;
    const { expression: UpdateExpression, ...named } = updateExpression(changes);
    const ConditionExpression = condition.expression;
    const both = {
      names: { ...condition.names, ...named.names },
      values: { ...condition.values, ...named.values },
    };
    const action = {
      ...{ ...this.#on(), Key: toImage({ ...key }) },
      ...conditional({ ConditionExpression, UpdateExpression }, both),
    };
    return this.#add(name, key, { Update: action });
  }

  check(name: string, key: ItemKey, condition: Condition): this {
    const check = { ...this.#on(), Key: toImage({ ...key }), ...onlyIf(condition) };
    return this.#add(name, key, { ConditionCheck: check });
  }

  delete(name: string, key: ItemKey, condition: Condition): this {
    const deletion = { ...this.#on(), Key: toImage({ ...key }), ...onlyIf(condition) };
    return this.#add(name, key, { Delete: deletion });
  }

  #on(): { readonly TableName: string } {
    return { TableName: this.#table.tableName };
  }

  #add(name: string, { pk, sk }: ItemKey, action: TransactWriteItem): this {
    const key = JSON.stringify([pk, sk]);
    invariant(!this.#keys.has(key), 'A transaction has two actions on one item.');
    this.#keys.add(key);
    this.#parts.push({ name, action });
    return this;
  }

  /**
   * Sends the transaction until it is applied or refused. Conflicts with other transactions and
   * throttling are retried, lost answers too: the token makes a repeated call find its own effect.
   */
  async commit(bill: Bill): Promise<TransactionOutcome> {
    invariant(this.#parts.length <= maximumActions, 'A transaction has more than 100 actions.');
    const actions = this.#parts.map(({ action }) => action);
    const input = { TransactItems: actions, ClientRequestToken: this.#token(actions) };
    try {
      await retried(this.#table, () => this.#table.client.transact(input, bill));
      return { kind: 'committed' };
    } catch (error) {
      const refused = this.#refused(error);
      if (refused.size === 0) throw error;
      return { kind: 'refused', refused };
    }
  }

  /** Over the content and a random part: equal tokens never stand for different transactions. */
  #token(actions: readonly TransactWriteItem[]): string {
    const text = JSON.stringify([this.#table.randomness.next(), actions]);
    return systemDigest.sha256Hex(text).slice(0, 36);
  }

  #refused(error: unknown): Map<string, Image | undefined> {
    const refused = new Map<string, Image | undefined>();
    const reasons = z.safeParse(cancellationSchema, error).data?.CancellationReasons ?? [];
    for (const [index, { Code, Item }] of reasons.entries()) {
      const part = this.#parts[index];
      if (Code === 'ConditionalCheckFailed' && part) refused.set(part.name, Item);
    }
    return refused;
  }
}

const text = z.object({ S: z.string() });
const keySchema = z.object({ pk: text, sk: text });

const cancellationSchema = z.object({
  name: z.literal('TransactionCanceledException'),
  CancellationReasons: z.array(
    z.object({ Code: z.optional(z.string()), Item: z.optional(z.custom<Image>()) }),
  ),
});
