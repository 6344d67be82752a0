import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { CloudAssembly, CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { afterAll } from 'vitest';
import { createApp } from '../../infra/assembly.ts';
import type { RegionRow } from '../../infra/regions.ts';
import { type FunctionName, functionNames } from '../../infra/stacks/functions.ts';

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  [attribute: string]: unknown;
}

export interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Resource: unknown;
  Principal?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

export const scratch = mkdtempSync(join(tmpdir(), 'guerdon-synth-'));
afterAll(() => rmSync(scratch, { recursive: true }));

export const stubCode = (): Code => Code.fromInline('exports.handler = async () => {};');

/** Synthesizes rows with empty handlers. */
export function synthesize(rows: readonly RegionRow[], checked = false): CloudAssembly {
  const outdir = mkdtempSync(join(scratch, 'assembly-of-'));
  return createApp({ rows, codeOf: stubCode, outdir, checked }).synth();
}

/** The stacks of an assembly by the name of their row. */
export function stacksOf(assembly: CloudAssembly): Map<string, CloudFormationStackArtifact> {
  return new Map(
    assembly.nestedAssemblies.map(({ nestedAssembly }) => {
      const [stack, ...more] = nestedAssembly.stacks;
      if (!stack || more.length > 0) throw new Error('a stage holds exactly one stack');
      return [nestedAssembly.directory.replace(/^.*\/assembly-/, ''), stack];
    }),
  );
}

/** The template of one row. */
export class RowTemplate {
  readonly template: Template;
  readonly text: string;

  constructor(row: RegionRow) {
    const stack = stacksOf(synthesize([row])).get(row.name);
    if (!stack) throw new Error(`no stack for ${row.name}`);
    this.text = JSON.stringify(stack.template);
    this.template = Template.fromJSON(stack.template);
  }

  /** Resources of a type by logical id. */
  all(type: string): Map<string, Resource> {
    return new Map(Object.entries(this.template.findResources(type) as Record<string, Resource>));
  }

  /** Logical id of a function by its name. */
  functionId(name: string): string {
    return this.functionIds().get(name) ?? `no function ${name}`;
  }

  /** Name to logical id of each function. */
  functionIds(): Map<string, string> {
    return new Map(
      [...this.all('AWS::Lambda::Function')].map(([id, { Properties }]) => [
        String(Properties.Description).replace('guerdon ', ''),
        id,
      ]),
    );
  }

  /** Statements of the role of a function. */
  statementsOf(name: string): Statement[] {
    const { Role } = this.resource(this.functionId(name)).Properties;
    const role = (Role as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0];
    return [...this.all('AWS::IAM::Policy').values()].flatMap(({ Properties }) => {
      const attached = JSON.stringify(Properties.Roles).includes(`"${role}"`);
      return attached ? statements(Properties.PolicyDocument) : [];
    });
  }

  /** Functions whose role allows an action on anything. */
  whoMay(action: string): FunctionName[] {
    const allows = (statement: Statement): boolean =>
      statement.Effect === 'Allow' && actionsOf(statement).includes(action);
    return functionNames.filter((name) => this.statementsOf(name).some(allows));
  }

  environmentOf(name: string): Record<string, unknown> {
    const { Environment } = this.resource(this.functionId(name)).Properties;
    return (Environment as { Variables: Record<string, unknown> }).Variables;
  }

  resource(id: string): Resource {
    const found = this.template.toJSON().Resources[id] as Resource | undefined;
    if (!found) throw new Error(`no resource ${id}`);
    return found;
  }
}

export function statements(document: unknown): Statement[] {
  return (document as { Statement: Statement[] }).Statement;
}

/** Actions of a statement, always as a list. */
export function actionsOf({ Action }: Statement): string[] {
  return [Action].flat();
}

/** Logical ids that a value points at. */
export function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [String((inner as string[])[0])];
    return referencesIn(inner);
  });
}
