import * as z from 'zod';

const response = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/**
 * Items that a handler reported as failed, out of the batch's `identifiers`. Like Lambda, a report
 * that cannot be understood, or that names an unknown item, is taken as a failure of all of them:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function reportedFailures(
  result: string | undefined,
  identifiers: readonly string[],
): ReadonlySet<string> {
  const parsed = response.nullable().safeParse(result === undefined ? null : parseJson(result));
  if (!parsed.success) return new Set(identifiers);
  const failed = (parsed.data?.batchItemFailures ?? []).map((item) => item.itemIdentifier);
  const known = new Set(identifiers);
  return failed.every((identifier) => known.has(identifier)) ? new Set(failed) : known;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
