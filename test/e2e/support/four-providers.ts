import { parseProgram } from '../../../shared/domain/program/parse.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import { sampleProgramJson } from '../../support/sample-program.ts';

/** Where the stand-ins sell a card in pounds for any amount. */
export const cardsInPounds = [
  { provider: 'tremendous', products: ['GIFT-CARD-GBP'] },
  { provider: 'runa', products: ['MARKET-GBP'] },
  { provider: 'tango', products: ['U000003'] },
  { provider: 'reloadly', products: ['103'] },
] as const;

/** The same card four times, each with another provider first and the others behind it. */
export const rewardIds = cardsInPounds.map(({ provider }) => `card-${provider}`);
/** The same, each of one provider alone: its no is the last. */
export const onlyIds = cardsInPounds.map(({ provider }) => `only-${provider}`);

/** The sample program as JSON, with the one card that all four providers sell. */
export function fourProvidersJson(parts: Readonly<Record<string, unknown>> = {}): object {
  const json = sampleProgramJson();
  const [first] = json.rewards as readonly Record<string, unknown>[];
  const rewards = cardsInPounds.map((source, index) => ({
    ...first,
    ...{ id: `card-${source.provider}`, currency: 'GBP', countries: ['GB'], ...source },
    alternatives: [...cardsInPounds.slice(index + 1), ...cardsInPounds.slice(0, index)],
    promisedMinutes: 600,
  }));
  const alone = rewards.map(({ alternatives: _, ...reward }) => {
    return { ...reward, id: `only-${reward.provider}` };
  });
  return { ...json, rewards: [...rewards, ...alone], ...parts };
}

export function fourProvidersProgram(parts: Readonly<Record<string, unknown>> = {}): Program {
  const read = parseProgram(fourProvidersJson(parts));
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  return read.program;
}
