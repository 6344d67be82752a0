import { unsupported } from '../failure.ts';
import type { AssemblyStack, TemplateResource } from './assembly.ts';
import { checkType, type Identity, identify, namePropertyOf, type Place } from './identities.ts';
import { resolveIntrinsics, type Scope } from './intrinsics.ts';

/** A resource whose properties hold no more references. */
export interface Resolved {
  readonly logicalId: string;
  readonly identity: Identity;
  readonly properties: unknown;
}

/** A template in which every reference can be followed. */
export class ResolvedTemplate {
  readonly #stack: AssemblyStack;
  readonly #place: Place;
  readonly #identities = new Map<string, Identity>();
  readonly #scope: Scope;

  /** Throws on a resource whose type is not known, before anything is started. */
  constructor(stack: AssemblyStack, place: Place) {
    this.#stack = stack;
    this.#place = place;
    const pseudo = pseudoParameters(place);
    this.#scope = {
      reference: (name) => pseudo[name] ?? this.#parameter(name) ?? this.#identityOf(name)?.ref,
      attribute: (logicalId, name) => this.#identityOf(logicalId)?.attributes[name],
    };
    for (const [logicalId, resource] of this.#resources()) {
      checkType(logicalId, resource);
      if (resource.Condition !== undefined) {
        throw unsupported(logicalId, 'the local runtime does not know conditions.');
      }
    }
  }

  /** Resources of the types, in the order of the template. */
  ofType(...types: string[]): Resolved[] {
    return this.#resources()
      .filter(([, { Type }]) => types.includes(Type))
      .map(([logicalId, { Properties }]) => ({
        logicalId,
        identity: this.#identityOf(logicalId) as Identity,
        properties: this.#resolve(Properties, logicalId),
      }));
  }

  outputs(): Record<string, string> {
    const outputs = Object.entries(this.#stack.template.Outputs);
    return Object.fromEntries(
      outputs.map(([name, { Value }]) => [name, String(this.#resolve(Value, `Outputs.${name}`))]),
    );
  }

  #resolve(value: unknown, place: string): unknown {
    return this.#withLocalApi(resolveIntrinsics(value, this.#scope, place));
  }

  /** CDK writes the address of an API out by its id; here that host leads nowhere. */
  #withLocalApi(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.#apiHosts().reduce(
        (text, host) => text.replaceAll(host, this.#place.apiOrigin),
        value,
      );
    }
    if (Array.isArray(value)) return value.map((item) => this.#withLocalApi(item));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([key, item]) => [key, this.#withLocalApi(item)]));
  }

  #apiHosts(): string[] {
    return this.#resources()
      .filter(([, { Type }]) => Type === 'AWS::ApiGatewayV2::Api')
      .map(([logicalId]) => this.#identityOf(logicalId)?.ref ?? logicalId)
      .map((apiId) => `https://${apiId}.execute-api.${this.#place.region}.amazonaws.com`);
  }

  #identityOf(logicalId: string): Identity | undefined {
    const resource = this.#stack.template.Resources[logicalId];
    if (resource === undefined) return undefined;
    const known = this.#identities.get(logicalId);
    if (known !== undefined) return known;
    const property = namePropertyOf(resource.Type);
    const chosen =
      property === undefined
        ? undefined
        : resolveIntrinsics(resource.Properties[property], this.#scope, `${logicalId}.${property}`);
    const name = chosen === undefined ? undefined : String(chosen);
    const identity = identify({ logicalId, type: resource.Type, name }, this.#place);
    this.#identities.set(logicalId, identity);
    return identity;
  }

  #parameter(name: string): string | undefined {
    const parameter = this.#stack.template.Parameters[name];
    return parameter === undefined ? undefined : String(parameter.Default);
  }

  #resources(): [string, TemplateResource][] {
    return Object.entries(this.#stack.template.Resources);
  }
}

function pseudoParameters({ region, accountId, stackName }: Place): Record<string, string> {
  return {
    'AWS::Region': region,
    'AWS::AccountId': accountId,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
  };
}
