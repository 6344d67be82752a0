import * as z from 'zod';
import { type CompiledPattern, compilePattern } from '../../../shared/domain/pattern/compile.ts';
import { unsupported } from '../failure.ts';
import { flag, integer, readProperties } from './properties.ts';
import type { Resolved, ResolvedTemplate } from './scope.ts';

interface MappingPlan {
  readonly id: string;
  /** Name or ARN. */
  readonly functionId: string;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly reportsItemFailures: boolean;
  /** Passes a record to the function, false drops it; undefined passes all. */
  readonly passes: CompiledPattern | undefined;
}

export interface QueueMappingPlan extends MappingPlan {
  readonly queueArn: string;
  readonly maximumConcurrency: number | undefined;
}

export interface StreamMappingPlan extends MappingPlan {
  readonly streamArn: string;
  readonly bisects: boolean;
  /** Retries after the first attempt; Infinity where the template sets no end. */
  readonly maximumRetries: number;
  readonly maximumRecordAgeMs: number;
  readonly onFailureArn: string | undefined;
}

/** Every setting changes what is delivered, so one that is not known is refused. */
const mappingProperties = z.strictObject({
  BatchSize: integer.optional(),
  BisectBatchOnFunctionError: flag.default(false),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) })
    .optional(),
  Enabled: flag.default(true),
  EventSourceArn: z.string(),
  FilterCriteria: z
    .strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) })
    .optional(),
  FunctionName: z.string(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumBatchingWindowInSeconds: integer.default(0),
  MaximumRecordAgeInSeconds: integer.default(-1),
  MaximumRetryAttempts: integer.default(-1),
  /** Order is kept more strictly here than asked for: one batch of a shard at a time. */
  ParallelizationFactor: integer.optional(),
  ScalingConfig: z.strictObject({ MaximumConcurrency: integer }).optional(),
  /** The table is never older than its readers here, so both starting positions are the same. */
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).optional(),
  Tags: z.unknown().optional(),
});

type Mapping = z.output<typeof mappingProperties>;

export interface Mappings {
  readonly queues: QueueMappingPlan[];
  readonly streams: StreamMappingPlan[];
}

export function mappingsOf(template: ResolvedTemplate): Mappings {
  const mappings: Mappings = { queues: [], streams: [] };
  for (const resource of template.ofType('AWS::Lambda::EventSourceMapping')) {
    const read = readProperties(resource, mappingProperties);
    if (!read.Enabled) continue;
    if (read.EventSourceArn.startsWith('arn:aws:sqs:')) {
      mappings.queues.push(queueMapping(resource, read));
    } else if (read.EventSourceArn.startsWith('arn:aws:dynamodb:')) {
      mappings.streams.push(streamMapping(resource, read));
    } else {
      throw unsupported(resource.logicalId, `nothing here can be read as ${read.EventSourceArn}.`);
    }
  }
  return mappings;
}

function queueMapping(resource: Resolved, read: Mapping): QueueMappingPlan {
  return {
    ...common(resource, read, 10),
    queueArn: read.EventSourceArn,
    maximumConcurrency: read.ScalingConfig?.MaximumConcurrency,
  };
}

function streamMapping(resource: Resolved, read: Mapping): StreamMappingPlan {
  const ageSeconds = read.MaximumRecordAgeInSeconds;
  return {
    ...common(resource, read, 100),
    streamArn: read.EventSourceArn,
    bisects: read.BisectBatchOnFunctionError,
    maximumRetries: read.MaximumRetryAttempts < 0 ? Infinity : read.MaximumRetryAttempts,
    maximumRecordAgeMs: ageSeconds < 0 ? Infinity : ageSeconds * 1000,
    onFailureArn: read.DestinationConfig?.OnFailure.Destination,
  };
}

function common({ logicalId }: Resolved, read: Mapping, defaultBatch: number): MappingPlan {
  return {
    id: logicalId,
    functionId: read.FunctionName,
    batchSize: read.BatchSize ?? defaultBatch,
    windowMs: read.MaximumBatchingWindowInSeconds * 1000,
    reportsItemFailures: read.FunctionResponseTypes.length > 0,
    passes: filterOf(read, logicalId),
  };
}

function filterOf({ FilterCriteria }: Mapping, logicalId: string): CompiledPattern | undefined {
  const patterns = (FilterCriteria?.Filters ?? []).map(({ Pattern }, index) => {
    const place = `${logicalId}.FilterCriteria.Filters[${index}]`;
    return compiledAt(JSON.parse(Pattern), place);
  });
  return patterns.length === 0 ? undefined : (record) => patterns.some((is) => is(record));
}

/** Compiles an event pattern of the template; throws an error that names `place`. */
export function compiledAt(pattern: unknown, place: string): CompiledPattern {
  const compiled = compilePattern(pattern);
  if (compiled.ok) return compiled.value;
  const { path, sentence } = compiled.failure;
  throw unsupported(`${place}.${path}`, sentence);
}
