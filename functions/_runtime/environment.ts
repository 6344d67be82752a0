import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));
/** A JSON object of texts, by name. */
const named = z.pipe(
  z.string(),
  z.pipe(
    z.transform((json: string): unknown => JSON.parse(json)),
    z.record(z.string(), text),
  ),
);
/** A JSON object of positive whole numbers, by name. */
const counts = z.pipe(
  z._default(z.string(), '{}'),
  z.pipe(
    z.transform((json: string): unknown => JSON.parse(json)),
    z.record(z.string(), z.int().check(z.positive())),
  ),
);
const wholeMs = z.pipe(z.string().check(z.regex(/^-?\d{1,15}$/)), z.transform(Number));

/** Every variable a function may be given; each function takes those it uses. */
const variables = {
  STAGE: text,
  TABLE_NAME: text,
  BUS_NAME: text,
  DATA_KEY_ARN: text,
  DISPATCH_QUEUE_URLS: named,
  CHECK_QUEUE_URL: text,
  SETTLE_QUEUE_URL: text,
  SETTLE_PAYOUTS_QUEUE_URL: text,
  WEBHOOK_QUEUE_URL: text,
  NOTIFY_QUEUE_URL: text,
  /** Where the pages for members are, without a slash at the end. */
  PAGES_BASE_URL: text,
  CLAIM_SECRET_ARN: text,
  MAIL_FROM: text,
  /** Tells bounces and complaints. */
  MAIL_CONFIGURATION_SET: z.optional(text),
  PROVIDER_SECRET_ARNS: named,
  PROVIDER_TIMEOUT_MS: wholeMs,
  /** Of the accounts that files of transfers are paid from; absent: the region has none. */
  BANK_ACCOUNTS_SECRET_ARN: z.optional(text),
  /** Where files are exchanged with banks. */
  FILES_BUCKET: text,
  /** What the region allows itself, by provider. */
  PROVIDER_REQUESTS_PER_MINUTE: counts,
  RATE_SOURCE: z.enum(['ecb', 'openExchangeRates']),
  RATE_FEED_URL: z.url(),
  /** For a source that asks for a key. */
  RATE_SECRET_ARN: z.optional(text),
  /** Local stage only. */
  CLOCK_OFFSET_MS: z._default(wholeMs, 0),
};

type Variables = typeof variables;
export type VariableName = keyof Variables;
export type Environment<Name extends VariableName> = {
  readonly [Key in Name]: z.output<Variables[Key]>;
};

/** Reads the named variables once, at start. Throws naming those that are missing or malformed. */
export function readEnvironment<const Name extends VariableName>(
  ...names: readonly Name[]
): Environment<Name> {
  const wanted = Object.fromEntries(names.map((name) => [name, variables[name]]));
  const parsed = z.safeParse(z.object(wanted), process.env);
  if (parsed.success) return parsed.data as Environment<Name>;
  const wrong = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))];
  throw new Error(`These environment variables are missing or malformed: ${wrong.join(', ')}.`);
}
