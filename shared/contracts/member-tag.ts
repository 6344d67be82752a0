/** A member's reference in the characters that a mail's tag may have: UTF-8 in hexadecimal. */
export function tagOfMember(member: string): string {
  return [...new TextEncoder().encode(member)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

export function memberOfTag(tag: string): string {
  const bytes = (tag.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
