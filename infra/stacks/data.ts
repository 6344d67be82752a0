import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import {
  type AccountName,
  type CalledName,
  isAccount,
  isCalled,
  type ProviderRow,
  type RegionRow,
} from '../regions.ts';
import { ExchangeBucket } from './exchange-bucket.ts';

interface SecretSettings {
  description: string;
  /** Fields of the JSON that are no secret. */
  known: Record<string, string>;
  /** Field that gets a random value when the secret is made. */
  generated: string;
  /** Why nothing rotates it. */
  unrotated: string;
}

type Bases = Record<ProviderRow['environment'], string>;

const providerBases: Record<CalledName, Bases> = {
  tremendous: {
    production: 'https://api.tremendous.com/api/v2',
    sandbox: 'https://testflight.tremendous.com/api/v2',
  },
  runa: {
    production: 'https://api.runa.io/v2',
    sandbox: 'https://playground.runa.io/v2',
  },
  tango: {
    production: 'https://api.tangocard.com/raas/v2',
    sandbox: 'https://integration-api.tangocard.com/raas/v2',
  },
  reloadly: {
    production: 'https://giftcards.reloadly.com',
    sandbox: 'https://giftcards-sandbox.reloadly.com',
  },
  wise: {
    production: 'https://api.wise.com',
    sandbox: 'https://api.wise-sandbox.com',
  },
  'paypal-payouts': {
    production: 'https://api-m.paypal.com',
    sandbox: 'https://api-m.sandbox.paypal.com',
  },
};

/** What a region keeps: the table, the key that seals, and the secrets. */
export class DataStore extends Construct {
  readonly table: Table;
  /** Encrypts data keys for codes and addresses, never the codes themselves. */
  readonly dataKey: Key;
  readonly claimSecret: Secret;
  readonly files: ExchangeBucket;
  readonly providerSecrets: ReadonlyMap<string, Secret>;
  /** The key of the source of exchange rates, where that asks for one. */
  readonly rateSecret: Secret | undefined;

  constructor(scope: Construct, id: string, row: RegionRow) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      // Tombstones of projections only: a deletion by TTL may come days late.
      timeToLiveAttribute: 'ttl',
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: true,
        recoveryPeriodInDays: row.limits.recoveryDays,
      },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.dataKey = new Key(this, 'DataKey', {
      description: `guerdon ${row.name}: data keys of sealed codes and addresses`,
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.claimSecret = this.addSecret(`guerdon/${row.stage}/claim-link`, {
      description: 'Signs claim links',
      known: {},
      generated: 'key',
      unrotated: 'A new value voids every link that members still hold; it is replaced by hand.',
    });
    this.providerSecrets = new Map(
      row.providers.flatMap(({ name, environment }) =>
        isAccount(name)
          ? [[name, this.addProviderSecret(row, name, basesOf(name, environment))] as const]
          : [],
      ),
    );
    this.rateSecret = this.addRateSecret(row);
    this.files = new ExchangeBucket(this, 'Files');
  }

  /** Refused by every reader as it is: ops puts the credentials in by hand (docs/providers.md). */
  private addProviderSecret(row: RegionRow, name: string, known: Record<string, string>): Secret {
    return this.addSecret(`guerdon/${row.stage}/${name}`, {
      description: `Credentials of the ${name} account`,
      known,
      generated: 'unset',
      unrotated: `Only ${name} issues this credential, there is no call that rotates it.`,
    });
  }

  private addRateSecret(row: RegionRow): Secret | undefined {
    if (row.rates.source === 'ecb') return undefined;
    // Refused by its reader as it is: ops puts `appId` in by hand.
    return this.addSecret(`guerdon/${row.stage}/open-exchange-rates`, {
      description: 'Key of Open Exchange Rates',
      known: {},
      generated: 'unset',
      unrotated: 'Only Open Exchange Rates issues this key, there is no call that rotates it.',
    });
  }

  private addSecret(secretName: string, settings: SecretSettings): Secret {
    const secret = new Secret(this, `Secret-${secretName.split('/').at(-1)}`, {
      secretName,
      description: settings.description,
      generateSecretString: {
        secretStringTemplate: JSON.stringify(settings.known),
        generateStringKey: settings.generated,
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(secret).acknowledge({ id: 'AwsSolutions-SMG4', reason: settings.unrotated });
    return secret;
  }

  /** JSON of provider name to the ARN of its secret. */
  arnsOf(secrets: ReadonlyMap<string, Secret>): string {
    const arns = [...secrets].map(([name, secret]) => [name, secret.secretArn]);
    return Stack.of(this).toJsonString(Object.fromEntries(arns));
  }
}

function basesOf(
  name: AccountName,
  environment: ProviderRow['environment'],
): Record<string, string> {
  return isCalled(name) ? { baseUrl: providerBases[name][environment] } : {};
}
