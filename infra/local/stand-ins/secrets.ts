import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { LocalRuntimeError } from '../failure.ts';
import type { SecretPlan } from '../template/sealing.ts';
import { type Operations, ServiceError } from './services.ts';

const getInput = z.object({ SecretId: z.string() });

/** Values of secrets that the template has made at random, by ARN, so that they stay the same. */
export type GeneratedSecrets = Record<string, string>;

export interface SecretSettings {
  readonly secrets: readonly SecretPlan[];
  /** By name of the secret, or the start of its logical id. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Of an earlier run; what is missing is added. */
  readonly generated: GeneratedSecrets;
}

/** Stands in for Secrets Manager. Throws a LocalRuntimeError where a secret has no value at all. */
export class SecretService {
  readonly #values: ReadonlyMap<string, { readonly name: string; readonly value: string }>;
  readonly operations: Operations = {
    'secretsmanager.GetSecretValue': (input) => this.#getSecretValue(input),
  };

  constructor(settings: SecretSettings) {
    this.#values = new Map(
      settings.secrets.map((secret) => [
        secret.arn,
        { name: secret.name, value: valueFor(secret, settings) },
      ]),
    );
  }

  #getSecretValue(input: unknown): object {
    const { success, data } = getInput.safeParse(input);
    if (!success) throw new ServiceError('ValidationException', 'SecretId is needed.');
    const { SecretId } = data;
    const entries = [...this.#values];
    const found = entries.find(([arn, { name }]) => SecretId === arn || SecretId === name);
    if (found === undefined) {
      throw new ServiceError(
        'ResourceNotFoundException',
        "Secrets Manager can't find the specified secret.",
      );
    }
    const [ARN, { name, value }] = found;
    return {
      ARN,
      Name: name,
      SecretString: value,
      VersionId: createHash('sha256').update(value).digest('hex').slice(0, 32),
      VersionStages: ['AWSCURRENT'],
    };
  }
}

function valueFor(secret: SecretPlan, { given, generated }: SecretSettings): string {
  const name = Object.keys(given).find(
    (key) => key === secret.name || secret.logicalId.startsWith(key),
  );
  if (name !== undefined) return JSON.stringify(given[name]);
  if (secret.value !== undefined) return secret.value;
  if (secret.generated === undefined) {
    throw new LocalRuntimeError('SECRET_MISSING', `No value is given for ${secret.name}.`);
  }
  const { template, key, length } = secret.generated;
  const random = randomBytes(length).toString('base64url').slice(0, length);
  generated[secret.arn] ??= JSON.stringify({ ...JSON.parse(template), [key]: random });
  return generated[secret.arn] ?? '';
}
