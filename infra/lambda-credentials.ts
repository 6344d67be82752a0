/**
 * Takes the place of `@aws-sdk/credential-provider-node` in the bundles. Lambda hands the keys of
 * the function's role over in the environment and nowhere else, so shared files, single sign-on,
 * web identity, containers and instance metadata are dead weight (about 90 KB minified):
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
interface EnvironmentCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** Same shape as the SDK's own default provider. Throws where a key is missing. */
export function defaultProvider(): () => Promise<EnvironmentCredentials> {
  return async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
    if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
      throw new Error('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not in the environment');
    }
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
    };
  };
}
