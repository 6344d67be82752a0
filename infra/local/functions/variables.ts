import type { FunctionPlan } from '../template/compute.ts';

/**
 * Environment variables of a function: Lambda's own, the addresses of the local services, and the
 * template's. Nothing of the developer's environment gets in, as nothing of it would in Lambda.
 */
export function variablesOf(
  plan: FunctionPlan,
  given: {
    readonly clientEnvironment: Readonly<Record<string, string>>;
    readonly clockOffsetMs: number;
    readonly overrides: Readonly<Record<string, string>>;
  },
): Record<string, string> {
  return {
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: plan.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(plan.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${plan.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: plan.codeFolder,
    NODE_ENV: 'production',
    ...given.clientEnvironment,
    ...plan.environment,
    CLOCK_OFFSET_MS: String(given.clockOffsetMs),
    ...given.overrides,
  };
}
