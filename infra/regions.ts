import * as z from 'zod';

/** Nobody's account: there is no address to call, and no secret. */
const ownProviders = ['voucher-pool', 'charity'] as const;
/** Accounts that money is paid out of: functions of their own have their adapters. */
const payoutAccounts = ['wise', 'paypal-payouts', 'bank-file'] as const;

/** How one account with a reward provider is used from one region. */
const providerRow = z.strictObject({
  name: z.enum(['tremendous', 'runa', 'tango', 'reloadly', ...payoutAccounts, ...ownProviders]),
  /** Those of our own, without an account, have but one. */
  environment: z.enum(['sandbox', 'production']),
  /** Invocations of dispatch at a time; SQS accepts 2 to 1,000. */
  maximumConcurrency: z.int().min(2).max(1000),
  /** What the account allows; all workers together keep to it. */
  requestsPerMinute: z.int().positive(),
  /**
   * One HTTP call. Those that one claim may make have to fit into the time of its function: four
   * into the 60 s of dispatch, ten into the 150 s of dispatch-payouts.
   */
  timeoutMs: z.int().positive().max(12_000),
});

const mailIdentity = z
  .strictObject({ domain: z.hostname(), from: z.email() })
  .refine((mail) => mail.from.endsWith(`@${mail.domain}`), {
    message: 'the sender address lies outside of the verified domain',
    path: ['from'],
  });

const regionRow = z.strictObject({
  /** Name of the CDK Stage, also what GUERDON_STAGES lists. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  region: z.enum(['eu-west-1', 'us-east-1', 'ap-southeast-1']),
  stage: z.enum(['production', 'local']),
  /** Area that personal data, backups included, must not leave. */
  residencyArea: z.enum(['EU', 'US', 'SG']),
  /** Programs whose members have their home here. */
  programs: z.array(z.string().regex(/^[a-z][a-z0-9-]*$/)),
  currencies: z.array(z.string().regex(/^[A-Z]{3}$/)).min(1),
  /** Where exchange rates come from; a program that names another source finds none here. */
  rates: z.strictObject({ source: z.enum(['ecb', 'openExchangeRates']) }),
  providers: z.array(providerRow).min(1),
  mail: mailIdentity,
  jwt: z.strictObject({
    issuer: z.url({ protocol: /^https$/ }),
    audience: z.array(z.string().min(1)).min(1),
  }),
  /** Where members open their pages; null means the address of the API itself. */
  pagesBaseUrl: z.url({ protocol: /^https$/ }).nullable(),
  limits: z.strictObject({
    apiRequestsPerSecond: z.int().positive(),
    apiBurstRequests: z.int().positive(),
    logRetentionDays: z.union([z.literal(30), z.literal(90), z.literal(365)]),
    recoveryDays: z.int().min(1).max(35),
  }),
  /** Address that is told about alarms; null where nobody is on call. */
  alarmTarget: z.email().nullable(),
});

export type ProviderRow = z.infer<typeof providerRow>;
export type AccountName = Exclude<ProviderRow['name'], (typeof ownProviders)[number]>;

export type CalledName = Exclude<AccountName, 'bank-file'>;

export function isAccount(name: ProviderRow['name']): name is AccountName {
  return !ownProviders.some((own) => own === name);
}

/** Whether it has a catalogue: what only passes money on sells nothing. */
export function sells({ name }: ProviderRow): boolean {
  return name !== 'charity' && !paysOut({ name });
}

/** Whether there is an address to call, that may call us: a bank is sent files. */
export function isCalled(name: AccountName): name is CalledName {
  return name !== 'bank-file';
}

/** Whether it is an account that money is paid out of. */
export function paysOut({ name }: Pick<ProviderRow, 'name'>): boolean {
  return payoutAccounts.some((account) => account === name);
}

export type RegionRow = z.infer<typeof regionRow>;

const regionTable = z.array(regionRow).superRefine((rows, context) => {
  const seen = new Set<string>();
  const unique = (key: string, what: string): void => {
    if (seen.has(key)) context.addIssue({ code: 'custom', message: `${what} stands twice` });
    seen.add(key);
  };
  for (const row of rows) {
    unique(`name ${row.name}`, `row ${row.name}`);
    unique(`place ${row.stage} ${row.region}`, `${row.region} of stage ${row.stage}`);
    // A member has one home region, so a program may be at home in one row of a stage only.
    for (const program of row.programs) {
      unique(`program ${row.stage} ${program}`, `program ${program} of stage ${row.stage}`);
    }
  }
});

/** Checks a whole table; throws a ZodError that names row and column. */
export function parseRegions(rows: unknown): RegionRow[] {
  return regionTable.parse(rows);
}

const limits = {
  apiRequestsPerSecond: 200,
  apiBurstRequests: 400,
  logRetentionDays: 90,
  recoveryDays: 35,
};
const mail = { domain: 'rewards.guerdon.example', from: 'no-reply@rewards.guerdon.example' };
const account = { environment: 'production', maximumConcurrency: 4, timeoutMs: 10_000 };
/** Budgets as the vendors tell them; Reloadly and Wise name none. */
const tremendous = { ...account, name: 'tremendous', requestsPerMinute: 600 };
const runa = { ...account, name: 'runa', requestsPerMinute: 300 };
const tango = { ...account, name: 'tango', maximumConcurrency: 2, requestsPerMinute: 60 };
const reloadly = { ...account, name: 'reloadly', requestsPerMinute: 300 };
const voucherPool = { ...account, name: 'voucher-pool', requestsPerMinute: 6000 };
const charity = { ...account, name: 'charity', requestsPerMinute: 6000 };
const wise = { ...account, name: 'wise', requestsPerMinute: 120 };
const payPalPayouts = { ...account, name: 'paypal-payouts', requestsPerMinute: 400 };
const bankFile = { ...account, name: 'bank-file', requestsPerMinute: 6000 };
const selling = [tremendous, runa, tango, reloadly, voucherPool];
const providers = [...selling, charity, wise, payPalPayouts, bankFile];
const production = {
  stage: 'production',
  rates: { source: 'ecb' },
  providers,
  mail,
  pagesBaseUrl: null,
  limits,
};

export const regions: readonly RegionRow[] = parseRegions([
  {
    ...production,
    name: 'production-eu-west-1',
    region: 'eu-west-1',
    residencyArea: 'EU',
    programs: ['online-retail'],
    currencies: ['EUR', 'GBP', 'USD'],
    jwt: { issuer: 'https://login.eu.guerdon.example', audience: ['guerdon-members'] },
    alarmTarget: 'on-call-eu@guerdon.example',
  },
  {
    ...production,
    name: 'production-us-east-1',
    region: 'us-east-1',
    residencyArea: 'US',
    programs: [],
    currencies: ['USD'],
    jwt: { issuer: 'https://login.us.guerdon.example', audience: ['guerdon-members'] },
    alarmTarget: 'on-call-us@guerdon.example',
  },
  {
    ...production,
    name: 'production-ap-southeast-1',
    region: 'ap-southeast-1',
    residencyArea: 'SG',
    programs: [],
    currencies: ['SGD', 'USD'],
    jwt: { issuer: 'https://login.sg.guerdon.example', audience: ['guerdon-members'] },
    alarmTarget: 'on-call-sg@guerdon.example',
  },
  {
    name: 'local',
    region: 'eu-west-1',
    stage: 'local',
    residencyArea: 'EU',
    programs: ['online-retail'],
    currencies: ['EUR', 'GBP', 'USD'],
    rates: { source: 'ecb' },
    providers: providers.map((provider) => ({ ...provider, environment: 'sandbox' })),
    mail: { domain: 'local.guerdon.example', from: 'no-reply@local.guerdon.example' },
    jwt: { issuer: 'https://login.local.guerdon.example', audience: ['guerdon-members'] },
    pagesBaseUrl: null,
    limits,
    alarmTarget: null,
  },
]);

function rowNamed(name: string): RegionRow {
  const row = regions.find((candidate) => candidate.name === name);
  if (row) return row;
  const known = regions.map((candidate) => candidate.name).join(', ');
  throw new Error(`GUERDON_STAGES names ${name}; infra/regions.ts has ${known}`);
}

/**
 * Rows to synthesize. `names` is the comma list of GUERDON_STAGES; undefined or empty means all.
 * Throws on a name that no row has.
 */
export function selectRegions(names: string | undefined): RegionRow[] {
  const wanted = (names ?? '').split(',').flatMap((name) => name.trim() || []);
  return wanted.length === 0 ? [...regions] : wanted.map(rowNamed);
}

/** The row that the local runtime synthesizes. */
export const localRegion: RegionRow = rowNamed('local');
