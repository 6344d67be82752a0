/**
 * Takes the place of `@aws-sdk/middleware-endpoint-discovery` in the bundles. The client of
 * DynamoDB sets it up and no operation of it asks for an endpoint any more; the cache behind it
 * would be 6 KB of each bundle.
 */
export function resolveEndpointDiscoveryConfig<Config>(config: Config): Config {
  return config;
}

/** What the environment says of it: nothing, wherever it is looked for. */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: (): undefined => undefined,
  configFileSelector: (): undefined => undefined,
  default: undefined,
};
