/** The provider could not be read now; the message that made us ask is worth trying again. */
export class ProviderUnavailableError extends Error {
  override readonly name = 'ProviderUnavailableError';

  constructor(provider: string) {
    super(`${provider} could not be read.`);
  }
}
