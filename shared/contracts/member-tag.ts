/** Of a mail's tag at SES: API reference, MessageTag. */
const maximumCharacters = 256;

/**
 * A member's reference in the characters that a mail's tag may have: UTF-8 in hexadecimal. None
 * where it does not fit; the redemption that a mail is about still tells whose it is.
 */
export function tagOfMember(member: string): string | undefined {
  const tag = [...new TextEncoder().encode(member)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return tag.length > maximumCharacters ? undefined : tag;
}

export function memberOfTag(tag: string): string {
  const bytes = (tag.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
