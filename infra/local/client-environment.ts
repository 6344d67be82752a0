/** Addresses of the local services. */
export interface Endpoints {
  readonly region: string;
  readonly dynamodb: string;
  readonly queues?: string;
  /** EventBridge, KMS, Secrets Manager and SES. */
  readonly services?: string;
  /** S3. */
  readonly files?: string;
}

/**
 * Environment in which SDK clients find the local services, and no real account: the credentials
 * are made up, and the profile files that a developer may have are looked for where none are.
 */
export function clientEnvironment(endpoints: Endpoints): Record<string, string> {
  const { region, dynamodb, queues, services, files } = endpoints;
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: dynamodb,
    ...(files !== undefined && { AWS_ENDPOINT_URL_S3: files }),
    ...(queues !== undefined && { AWS_ENDPOINT_URL_SQS: queues }),
    ...(services !== undefined && {
      AWS_ENDPOINT_URL_EVENTBRIDGE: services,
      AWS_ENDPOINT_URL_KMS: services,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: services,
      AWS_ENDPOINT_URL_SESV2: services,
    }),
  };
}
