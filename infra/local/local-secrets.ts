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
  const { master, generated } = kept(stateDirectory);
  const secrets = new SecretService({ secrets: plan.secrets, given, generated });
  keep(stateDirectory, { master, generated });
  return { keys: keyService(plan, master), secrets };
}

/** The stand-in of KMS alone, as the functions of this state find it. */
export function startKeys(plan: Pick<StackPlan, 'keys'>, stateDirectory: string): KeyService {
  const found = kept(stateDirectory);
  keep(stateDirectory, found);
  return keyService(plan, found.master);
}

function keyService({ keys }: Pick<StackPlan, 'keys'>, master: string): KeyService {
  return new KeyService(keys, Buffer.from(master, 'base64'));
}

type KeptSecrets = z.infer<typeof schema>;

function kept(stateDirectory: string | undefined): KeptSecrets {
  const found = stateDirectory && read(pathIn(stateDirectory));
  return found || { master: randomBytes(32).toString('base64'), generated: {} };
}

function keep(stateDirectory: string | undefined, secrets: KeptSecrets): void {
  if (stateDirectory) writeJsonFile(pathIn(stateDirectory), secrets);
}

function pathIn(stateDirectory: string): string {
  return join(stateDirectory, 'secrets.json');
}

function read(path: string): KeptSecrets | undefined {
  const result = schema.optional().safeParse(readJsonFile(path));
  if (result.success) return result.data;
  throw new LocalRuntimeError('STATE_FILE_UNREADABLE', `${path} holds no keys of a local stack.`);
}
