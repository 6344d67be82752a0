import type { DeliveredReward } from '../../../domain/redemption/delivered-reward.ts';
import { Secret } from '../../../domain/secret.ts';
import { parseLocalDate } from '../../../domain/time.ts';
import { isPage } from '../wire-schemas.ts';
import type { Credential } from './reply.ts';

/** In this order: the first that is there is what the member types. */
const codeTypes = ['claimCode', 'cardNumber'] as const;
const pinTypes = ['PIN', 'securityCode'] as const;

const longestCode = 500;

/** A catalogue item that promises one of these can be handed over. */
export const deliverableTypes: ReadonlySet<string> = new Set([...codeTypes, 'redemptionUrl']);

/**
 * What the typed list says; labels are free text and are not read. `undefined` where nothing in it
 * can be handed over, or where it holds two different values of one type: that is two rewards.
 */
export function rewardOf(credentials: readonly Credential[]): DeliveredReward | undefined {
  const values = new Map<string, string>();
  for (const { credentialType, value } of credentials) {
    const told = value?.trim();
    if (!credentialType || !told) continue;
    if ((values.get(credentialType) ?? told) !== told) return undefined;
    values.set(credentialType, told);
  }
  const code = firstOf(values, codeTypes);
  const pin = firstOf(values, pinTypes);
  const url = values.get('redemptionUrl');
  const link = url !== undefined && isPage(url) ? url : undefined;
  const expiresOn = parseLocalDate(values.get('expirationDate')?.slice(0, 10) ?? '');
  const rest = {
    ...(pin !== undefined && { pin: new Secret(pin) }),
    ...(expiresOn !== undefined && { expiresOn }),
  };
  if (code !== undefined) {
    const website = link === undefined ? {} : { website: new Secret(link) };
    return { kind: 'code', value: new Secret(code), ...website, ...rest };
  }
  return link === undefined ? undefined : { kind: 'link', value: new Secret(link), ...rest };
}

function firstOf(
  values: ReadonlyMap<string, string>,
  types: readonly string[],
): string | undefined {
  const type = types.find((candidate) => values.has(candidate));
  const value = type === undefined ? undefined : values.get(type);
  return value !== undefined && value.length <= longestCode ? value : undefined;
}
