import * as z from 'zod';

export const inputTransformer = z.strictObject({
  InputPathsMap: z.record(z.string(), z.string().regex(/^\$(\.[A-Za-z0-9_-]+)*$/)).default({}),
  InputTemplate: z.string(),
});

/**
 * What a rule makes of an event: its template with each `<name>` replaced by the JSON of what lies
 * at the path of that name; what lies nowhere becomes `null`. Names stand outside of quotes here:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function transformed({
  InputPathsMap,
  InputTemplate,
}: z.output<typeof inputTransformer>): (event: object) => string {
  return (event) =>
    InputTemplate.replace(/<([A-Za-z0-9_-]+)>/g, (placeholder, name: string) => {
      const path = InputPathsMap[name];
      return path === undefined ? placeholder : (JSON.stringify(valueAt(event, path)) ?? 'null');
    });
}

function valueAt(event: object, path: string): unknown {
  let value: unknown = event;
  for (const name of path.split('.').slice(1)) {
    value =
      value !== null && typeof value === 'object'
        ? (value as Readonly<Record<string, unknown>>)[name]
        : undefined;
  }
  return value;
}
