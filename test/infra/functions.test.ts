import { describe, expect, it } from 'vitest';
import { isAccount, localRegion, regions } from '../../infra/regions.ts';
import { functionNames, functionSpecs } from '../../infra/stacks/functions.ts';
import { RowTemplate, referencesIn } from './synthesized.ts';

const [production] = regions;

if (!production) throw new Error('rows are missing');
const template = new RowTemplate(production);
const localTemplate = new RowTemplate(localRegion);

describe.each(functionNames)('function %s', (name) => {
  const id = template.functionId(name);
  const { Properties } = template.resource(id);

  it('runs on Node 24 and arm64 with its own timeout and memory', () => {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: functionSpecs[name].timeoutSeconds,
      MemorySize: functionSpecs[name].memoryMb,
    });
  });

  it('has a role and a log group of its own', () => {
    const others = [...template.all('AWS::Lambda::Function')].filter(([other]) => other !== id);
    const [group] = referencesIn(Properties.LoggingConfig);
    for (const [, other] of others) {
      expect(other.Properties.Role).not.toEqual(Properties.Role);
      expect(referencesIn(other.Properties.LoggingConfig)).not.toContain(group);
    }
    expect(template.resource(group ?? '')).toMatchObject({
      Properties: { RetentionInDays: production.limits.logRetentionDays },
      DeletionPolicy: 'Retain',
    });
  });

  it('has an error alarm that says what members notice', () => {
    const alarms = [...template.all('AWS::CloudWatch::Alarm').values()].filter(
      (alarm) =>
        alarm.Properties.MetricName === 'Errors' &&
        referencesIn(alarm.Properties.Dimensions).includes(id),
    );
    expect(alarms).toHaveLength(1);
    const { impact, action } = functionSpecs[name];
    expect(alarms[0]?.Properties.AlarmDescription).toBe(
      `Member impact: ${impact} Action: ${action}`,
    );
  });
});

describe('the environment', () => {
  const common = ['STAGE'];
  const providers = ['PROVIDER_SECRET_ARNS', 'PROVIDER_TIMEOUT_MS'];
  const expected: Record<(typeof functionNames)[number], string[]> = {
    accrue: ['TABLE_NAME', 'BUS_NAME'],
    command: ['TABLE_NAME', 'BUS_NAME'],
    'member-api': ['TABLE_NAME'],
    'redeem-api': ['TABLE_NAME', 'DATA_KEY_ARN', 'CHECK_QUEUE_URL', 'DISPATCH_QUEUE_URLS'],
    'redemption-api': [
      ...['TABLE_NAME', 'BUS_NAME', 'DATA_KEY_ARN', 'DISPATCH_QUEUE_URLS'],
      ...['CLAIM_SECRET_ARN', 'PAGES_BASE_URL', 'NOTIFY_QUEUE_URL'],
    ],
    'enrol-api': ['TABLE_NAME', 'DATA_KEY_ARN'],
    'intake-api': ['TABLE_NAME', 'BUS_NAME', 'DATA_KEY_ARN', 'WEBHOOK_QUEUE_URL'],
    'open-api': [],
    route: ['TABLE_NAME', 'DISPATCH_QUEUE_URLS', 'PROVIDER_REQUESTS_PER_MINUTE'],
    dispatch: [
      ...['TABLE_NAME', 'DATA_KEY_ARN', 'DISPATCH_QUEUE_URLS', ...providers],
      'PROVIDER_REQUESTS_PER_MINUTE',
    ],
    'receive-webhook': [
      ...['TABLE_NAME', 'SETTLE_QUEUE_URL', 'SETTLE_PAYOUTS_QUEUE_URL', ...providers],
    ],
    settle: [
      ...['TABLE_NAME', 'BUS_NAME', 'DISPATCH_QUEUE_URLS', 'CHECK_QUEUE_URL'],
      ...['SETTLE_QUEUE_URL', 'PROVIDER_REQUESTS_PER_MINUTE', ...providers],
    ],
    notify: [
      ...['TABLE_NAME', 'DATA_KEY_ARN', 'CLAIM_SECRET_ARN', 'MAIL_FROM'],
      ...['MAIL_CONFIGURATION_SET', 'PAGES_BASE_URL', 'NOTIFY_QUEUE_URL'],
    ],
    'claim-page': ['TABLE_NAME', 'DATA_KEY_ARN', 'CLAIM_SECRET_ARN'],
    'choose-page': [
      ...['TABLE_NAME', 'DATA_KEY_ARN', 'CLAIM_SECRET_ARN', 'CHECK_QUEUE_URL'],
      'DISPATCH_QUEUE_URLS',
    ],
    'statement-page': ['TABLE_NAME', 'CLAIM_SECRET_ARN'],
    'mail-events': ['TABLE_NAME', 'BUS_NAME'],
    project: ['TABLE_NAME'],
    relay: ['BUS_NAME'],
    sweep: ['TABLE_NAME'],
    'fx-refresh': ['TABLE_NAME', 'RATE_SOURCE', 'RATE_FEED_URL'],
    'float-watch': ['TABLE_NAME', 'SETTLE_PAYOUTS_QUEUE_URL', ...providers],
    'catalogue-sync': ['TABLE_NAME', 'BUS_NAME', ...providers],
    'payout-run': ['TABLE_NAME', 'DATA_KEY_ARN', 'CHECK_QUEUE_URL'],
    'dispatch-payouts': [
      ...['TABLE_NAME', 'DATA_KEY_ARN', 'DISPATCH_QUEUE_URLS', ...providers],
      'PROVIDER_REQUESTS_PER_MINUTE',
    ],
    'settle-payouts': [
      ...['TABLE_NAME', 'DISPATCH_QUEUE_URLS', 'CHECK_QUEUE_URL'],
      ...['SETTLE_PAYOUTS_QUEUE_URL', ...providers],
    ],
    'payout-files': [
      ...['TABLE_NAME', 'DATA_KEY_ARN', 'SETTLE_PAYOUTS_QUEUE_URL'],
      ...['BANK_ACCOUNTS_SECRET_ARN', 'FILES_BUCKET'],
    ],
    'send-webhooks': ['TABLE_NAME', 'DATA_KEY_ARN', 'WEBHOOK_QUEUE_URL'],
  };

  it.each(functionNames)('of %s is what it needs and no more', (name) => {
    const keys = Object.keys(template.environmentOf(name)).toSorted();
    expect(keys).toEqual([...common, ...expected[name]].toSorted());
  });

  it('moves the clock on the local stage only', () => {
    for (const name of functionNames) {
      expect(localTemplate.environmentOf(name).CLOCK_OFFSET_MS).toBe('0');
      expect(template.environmentOf(name)).not.toHaveProperty('CLOCK_OFFSET_MS');
    }
  });

  it('holds no secret, only where secrets are', () => {
    const secrets = [...template.all('AWS::SecretsManager::Secret').values()];
    // One signs links, one for each account with a provider.
    expect(secrets).toHaveLength(
      1 + production.providers.filter(({ name }) => isAccount(name)).length,
    );
    for (const { Properties } of secrets) expect(Properties).not.toHaveProperty('SecretString');
    expect(template.text).not.toContain('{{resolve:secretsmanager');
    for (const name of functionNames) {
      for (const [key, value] of Object.entries(template.environmentOf(name))) {
        if (typeof value !== 'string') continue;
        // Budgets of calls are one short JSON object.
        const longest = key === 'PROVIDER_REQUESTS_PER_MINUTE' ? 200 : 60;
        expect(value.length, `${name} ${key}`).toBeLessThan(longest);
        expect(value, `${name} ${key}`).not.toMatch(/[A-Za-z0-9+/]{32}/);
      }
    }
  });

  it('leads members to the address of the API, or where the table says', () => {
    const address = template.environmentOf('notify').PAGES_BASE_URL;
    expect(JSON.stringify(address)).toMatch(/ApiEndpoint/);
    const pagesBaseUrl = 'https://rewards.guerdon.example';
    const branded = new RowTemplate({ ...production, pagesBaseUrl });
    expect(branded.environmentOf('notify').PAGES_BASE_URL).toBe(pagesBaseUrl);
  });
});
