import { describe, expect, it } from 'vitest';
import { regions } from '../../infra/regions.ts';
import { functionNames } from '../../infra/stacks/functions.ts';
import { actionsOf, RowTemplate, referencesIn } from './synthesized.ts';

const [production] = regions;
if (!production) throw new Error('rows are missing');
const template = new RowTemplate(production);
const [keyId] = [...template.all('AWS::KMS::Key').keys()];

describe('the data key', () => {
  it('makes data keys for those who seal and opens them for those who read', () => {
    expect(template.whoMay('kms:GenerateDataKey').toSorted()).toEqual([
      ...['choose-page', 'dispatch', 'dispatch-payouts', 'enrol-api', 'intake-api'],
      ...['payout-files', 'payout-run', 'redeem-api', 'redemption-api'],
    ]);
    expect(template.whoMay('kms:Decrypt').toSorted()).toEqual([
      ...['choose-page', 'claim-page', 'dispatch', 'dispatch-payouts', 'enrol-api', 'notify'],
      ...['payout-files', 'payout-run', 'redeem-api', 'send-webhooks'],
    ]);
  });

  it('is used for a program that is named, or not at all', () => {
    const uses = functionNames
      .flatMap((name) => template.statementsOf(name))
      .filter((statement) => actionsOf(statement).some((action) => action.startsWith('kms:')));
    for (const { Condition } of uses) {
      expect(Condition).toEqual({ Null: { 'kms:EncryptionContext:program': 'false' } });
    }
  });

  it('rotates and outlives its stack', () => {
    const { Properties, DeletionPolicy } = template.resource(keyId ?? '');
    expect(Properties.EnableKeyRotation).toBe(true);
    expect(DeletionPolicy).toBe('Retain');
  });
});

describe('secrets, mail and bus', () => {
  it('show each secret to its users only', () => {
    const readersOf = (secretName: string): string[] => {
      const secrets = [...template.all('AWS::SecretsManager::Secret')];
      const [id] = secrets.find(([, { Properties }]) => Properties.Name === secretName) ?? [];
      return functionNames.filter((name) =>
        template
          .statementsOf(name)
          .some(
            (statement) =>
              actionsOf(statement).includes('secretsmanager:GetSecretValue') &&
              referencesIn(statement.Resource).includes(id ?? ''),
          ),
      );
    };
    for (const name of ['tremendous', 'runa', 'tango', 'reloadly']) {
      expect(readersOf(`guerdon/production/${name}`).toSorted()).toEqual([
        ...['catalogue-sync', 'dispatch', 'float-watch', 'receive-webhook', 'settle'],
      ]);
    }
    for (const name of ['wise', 'paypal-payouts']) {
      expect(readersOf(`guerdon/production/${name}`).toSorted()).toEqual([
        ...['dispatch-payouts', 'float-watch', 'receive-webhook', 'settle-payouts'],
      ]);
    }
    expect(readersOf('guerdon/production/bank-file').toSorted()).toEqual([
      ...['dispatch-payouts', 'payout-files', 'settle-payouts'],
    ]);
    expect(readersOf('guerdon/production/claim-link').toSorted()).toEqual([
      ...['choose-page', 'claim-page', 'notify', 'redemption-api', 'statement-page'],
    ]);
  });

  it('have a key of rates where their source asks for one, for fx-refresh alone', () => {
    const other = new RowTemplate({ ...production, rates: { source: 'openExchangeRates' } });
    const secrets = [...other.all('AWS::SecretsManager::Secret')];
    const [id] =
      secrets.find(
        ([, { Properties }]) => Properties.Name === 'guerdon/production/open-exchange-rates',
      ) ?? [];
    const readers = functionNames.filter((name) =>
      other
        .statementsOf(name)
        .some((statement) => referencesIn(statement.Resource).includes(id ?? '')),
    );
    expect(readers).toEqual(['fx-refresh']);
    expect(other.environmentOf('fx-refresh')).toMatchObject({
      RATE_SOURCE: 'openExchangeRates',
      RATE_FEED_URL: 'https://openexchangerates.org/api',
      RATE_SECRET_ARN: { Ref: id },
    });
    expect(template.environmentOf('fx-refresh')).not.toHaveProperty('RATE_SECRET_ARN');
  });

  it('let notify alone send mail, from the one domain that is verified', () => {
    expect(template.whoMay('ses:SendEmail')).toEqual(['notify']);
    const [statement] = template
      .statementsOf('notify')
      .filter((candidate) => actionsOf(candidate).includes('ses:SendEmail'));
    expect(JSON.stringify(statement?.Resource)).toContain(`:identity/${production.mail.domain}`);
    expect(statement?.Condition).toEqual({
      StringLike: { 'ses:FromAddress': `*@${production.mail.domain}` },
    });
  });

  it('let those publish who have something to tell, and only as guerdon itself', () => {
    const publishers = template.whoMay('events:PutEvents').toSorted();
    expect(publishers).toEqual([
      ...['accrue', 'catalogue-sync', 'command', 'intake-api', 'mail-events', 'redemption-api'],
      ...['relay', 'settle'],
    ]);
    for (const name of publishers) {
      const [statement] = template
        .statementsOf(name)
        .filter((candidate) => actionsOf(candidate).includes('events:PutEvents'));
      expect(statement?.Condition).toEqual({ StringEquals: { 'events:source': 'guerdon' } });
    }
  });
});
