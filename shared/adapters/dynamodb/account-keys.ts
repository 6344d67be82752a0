import { type ItemKey, part } from './schema.ts';

/*
 * | who asks        | what                        | operation     | pk             | sk           |
 * |-----------------|-----------------------------|---------------|----------------|--------------|
 * | dispatch        | turns to call a provider    | Get; Put      | X#provider     | LEASE        |
 * | dispatch        | breaker, compare and set    | Get; Put      | X#provider     | BREAKER      |
 * | dispatch, watch | float, compare and set      | Get; Put      | X#provider     | FLOAT        |
 * | watch           | books looked through, c&s   | Get; Put      | X#provider     | LOOK         |
 * | webhooks in     | ids that were taken         | Get; Put      | X#provider#id  | HOOK         |
 */

export type AccountRow = 'LEASE' | 'BREAKER' | 'FLOAT' | 'LOOK';

/** Of an account with a provider, shared by whoever calls it; no program is called X. */
export function accountKey(provider: string, what: AccountRow): ItemKey {
  return { pk: `X#${part(provider)}`, sk: what };
}

export function webhookKey(provider: string, webhookId: string): ItemKey {
  return { pk: `X#${part(provider)}#${part(webhookId)}`, sk: 'HOOK' };
}
