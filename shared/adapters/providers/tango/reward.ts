import type { DeliveredReward } from '../../../domain/redemption/delivered-reward.ts';
import { Secret } from '../../../domain/secret.ts';
import { parseLocalDate } from '../../../domain/time.ts';
import type { Credential } from './reply.ts';

/** In this order: the first that is there is what the member types. */
const codeTypes = ['claimCode', 'cardNumber'] as const;
const pinTypes = ['PIN', 'securityCode'] as const;

const longestCode = 500;
const longestLink = 2_048;

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
  const link = linkOf(values.get('redemptionUrl'));
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

/** It is shown to a person as a link: only an address that a browser opens as a page will do. */
function linkOf(value: string | undefined): string | undefined {
  if (value === undefined || value.length > longestLink) return undefined;
  return value.startsWith('https://') && URL.canParse(value) ? value : undefined;
}
