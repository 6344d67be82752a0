import type * as z from 'zod/mini';
import type { RefusalCode } from '../../domain/refusal.ts';
import { memberOperations } from './member-operations.ts';
import { programOperations } from './program-operations.ts';
import { redeemOperations } from './redeem-operations.ts';

/** One route in words and schemas: what the description of the API is made of. */
export interface Operation {
  /** Its name in clients that are generated. */
  readonly id: string;
  readonly summary: string;
  readonly query?: z.ZodMiniType;
  /** Any of them. */
  readonly bodies?: readonly z.ZodMiniType[];
  /** Asks for an Idempotency-Key. */
  readonly keyed?: boolean;
  /** By status; `undefined`: without a body. */
  readonly answers: Readonly<Record<number, z.ZodMiniType | undefined>>;
  /** Beside those of every route. */
  readonly refusals: readonly RefusalCode[];
}

/** By method and path, as in `apiRoutes`; pages and providers' webhooks are no part of it. */
export const operations: Readonly<Record<string, Operation>> = {
  ...memberOperations,
  ...redeemOperations,
  ...programOperations,
};
