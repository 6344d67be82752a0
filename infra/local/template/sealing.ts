import * as z from 'zod';
import { integer, readProperties } from './properties.ts';
import type { ResolvedTemplate } from './scope.ts';

export interface KeyPlan {
  readonly keyId: string;
  readonly arn: string;
  readonly aliases: readonly string[];
}

export interface SecretPlan {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Set where the value is made with the secret. */
  readonly generated:
    | { readonly template: string; readonly key: string; readonly length: number }
    | undefined;
  readonly value: string | undefined;
}

const aliasProperties = z.looseObject({ AliasName: z.string(), TargetKeyId: z.string() });
const secretProperties = z.looseObject({
  Name: z.string().optional(),
  SecretString: z.string().optional(),
  GenerateSecretString: z
    .looseObject({
      SecretStringTemplate: z.string().default('{}'),
      GenerateStringKey: z.string().default('value'),
      PasswordLength: integer.default(32),
    })
    .optional(),
});

export function keysOf(template: ResolvedTemplate): KeyPlan[] {
  const aliases = template
    .ofType('AWS::KMS::Alias')
    .map((alias) => readProperties(alias, aliasProperties));
  return template.ofType('AWS::KMS::Key').map(({ identity }) => {
    const arn = identity.attributes.Arn ?? '';
    const own = aliases.filter(({ TargetKeyId }) => [identity.ref, arn].includes(TargetKeyId));
    return { keyId: identity.ref, arn, aliases: own.map(({ AliasName }) => AliasName) };
  });
}

export function secretsOf(template: ResolvedTemplate): SecretPlan[] {
  return template.ofType('AWS::SecretsManager::Secret').map((secret) => {
    const read = readProperties(secret, secretProperties);
    const generate = read.GenerateSecretString;
    return {
      logicalId: secret.logicalId,
      name: read.Name ?? secret.logicalId,
      arn: secret.identity.ref,
      value: read.SecretString,
      generated: generate && {
        template: generate.SecretStringTemplate,
        key: generate.GenerateStringKey,
        length: generate.PasswordLength,
      },
    };
  });
}
