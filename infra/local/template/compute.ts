import * as z from 'zod';
import { unsupported } from '../failure.ts';
import type { AssemblyStack } from './assembly.ts';
import { integer, readProperties } from './properties.ts';
import type { Resolved, ResolvedTemplate } from './scope.ts';

export interface FunctionPlan {
  readonly name: string;
  readonly arn: string;
  /** Folder of the bundle and the file in it that holds the handler. */
  readonly codeFolder: string;
  readonly file: string;
  readonly exportName: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly reservedConcurrency: number | undefined;
}

const functionProperties = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string().regex(/^[^.]+\.[^.]+$/),
  Runtime: z.string().startsWith('nodejs', 'only Node.js functions run here.'),
  Environment: z
    .object({ Variables: z.record(z.string(), z.coerce.string()).default({}) })
    .optional(),
  Timeout: integer.default(3),
  MemorySize: integer.default(128),
  ReservedConcurrentExecutions: integer.optional(),
  Layers: z.undefined('layers are not served here.').optional(),
  PackageType: z.literal('Zip').optional(),
});

export function functionsOf(template: ResolvedTemplate, stack: AssemblyStack): FunctionPlan[] {
  return template.ofType('AWS::Lambda::Function').map((resource) => functionOf(resource, stack));
}

function functionOf(resource: Resolved, { assetFolders }: AssemblyStack): FunctionPlan {
  const read = readProperties(resource, functionProperties);
  const codeFolder = assetFolders.get(read.Code.S3Key);
  if (codeFolder === undefined) {
    throw unsupported(resource.logicalId, 'its code is no folder of the cloud assembly.');
  }
  const [file = '', exportName = ''] = read.Handler.split('.');
  return {
    name: resource.identity.ref,
    arn: resource.identity.attributes.Arn ?? '',
    codeFolder,
    file: `${file}.mjs`,
    exportName,
    environment: read.Environment?.Variables ?? {},
    timeoutMs: read.Timeout * 1000,
    memoryMb: read.MemorySize,
    reservedConcurrency: read.ReservedConcurrentExecutions,
  };
}
