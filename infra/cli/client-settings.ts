interface ClientSettings {
  readonly endpoint?: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Settings of an SDK client for one service of a local stack, from the environment it gives. */
export function clientSettings(
  environment: Readonly<Record<string, string>>,
  service: 'DYNAMODB' | 'EVENTBRIDGE' | 'KMS' | 'SQS',
): ClientSettings {
  const endpoint = environment[`AWS_ENDPOINT_URL_${service}`];
  return {
    ...(endpoint !== undefined && { endpoint }),
    region: environment.AWS_REGION ?? 'eu-west-1',
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? 'local',
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? 'local',
    },
  };
}
