/**
 * Takes the place of what the SDK reads out of `~/.aws` in the bundles: a function has no such
 * files, its settings are in the environment, and what is not is the default. Reader and parser
 * would be 3 KB of each bundle, and two files that every cold start looks for in vain.
 */
export function fromSharedConfigFiles(): () => Promise<never> {
  return async () => {
    // Whoever asks goes on to the default then.
    throw Object.assign(new Error('Functions have no shared files'), { tryNextLink: true });
  };
}
