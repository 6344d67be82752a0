import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { LocalRuntimeError } from './failure.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { KeyService } from './stand-ins/keys.ts';
import { SecretService } from './stand-ins/secrets.ts';
import type { StackPlan } from './template/plan.ts';

const schema = z.strictObject({
  /** 32 bytes in base64 that the keys of the KMS stand-in are derived from. */
  master: z.base64(),
  generated: z.record(z.string(), z.string()),
});

/**
 * The stand-ins of KMS and Secrets Manager. What they make at random is kept in the state
 * directory, so that what was sealed and signed in one run can be opened and checked in the next.
 */
export function startSealing(
  plan: StackPlan,
  given: Readonly<Record<string, unknown>>,
  stateDirectory: string | undefined,
): { readonly keys: KeyService; readonly secrets: SecretService } {
  const path = stateDirectory && join(stateDirectory, 'secrets.json');
  const kept = path ? read(path) : undefined;
  const { master, generated } = kept ?? {
    master: randomBytes(32).toString('base64'),
    generated: {},
  };
  const secrets = new SecretService({ secrets: plan.secrets, given, generated });
  if (path) writeJsonFile(path, { master, generated });
  return { keys: new KeyService(plan.keys, Buffer.from(master, 'base64')), secrets };
}

function read(path: string): z.infer<typeof schema> | undefined {
  const result = schema.optional().safeParse(readJsonFile(path));
  if (result.success) return result.data;
  throw new LocalRuntimeError('STATE_FILE_UNREADABLE', `${path} holds no keys of a local stack.`);
}
