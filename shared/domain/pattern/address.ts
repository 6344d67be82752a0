/** An IP address as a number of 32 or 128 bits. */
export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** IPv4 addresses written as IPv6 are that IPv4 address, here as in Event Ruler. */
const mappedPrefix = 0xffffn;

/** Reads an IPv4 or IPv6 address; undefined for any other text. */
export function parseAddress(text: string): Address | undefined {
  if (text.includes(':')) return parseVersion6(text);
  return parseVersion4(text);
}

function parseVersion4(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    // A leading zero is octal to some readers and decimal to others.
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return { bits: 32, value };
}

function parseVersion6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [before = [], after = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - before.length - after.length;
  const isComplete = halves.length === 2 ? missing > 0 : missing === 0;
  if (!isComplete) return undefined;
  let value = 0n;
  for (const group of [...before, ...new Array<string>(missing).fill('0'), ...after]) {
    if (!/^[\da-fA-F]{1,4}$/.test(group)) return undefined;
    value = (value << 16n) | BigInt(`0x${group}`);
  }
  if (value >> 32n === mappedPrefix) return { bits: 32, value: value & 0xffff_ffffn };
  return { bits: 128, value };
}

/**
 * A test for the addresses of a block such as `10.0.0.0/24` or `2001:db8::/32`; undefined when it
 * is malformed. A block of one single address is refused by the service too.
 */
export function compileBlock(block: string): ((text: string) => boolean) | undefined {
  const [text = '', length = '', ...more] = block.split('/');
  const base = parseAddress(text);
  if (base === undefined || more.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  if (Number(length) >= base.bits) return undefined;
  const hostBits = BigInt(base.bits - Number(length));
  const network = base.value >> hostBits;
  return (leaf) => {
    const address = parseAddress(leaf);
    return address?.bits === base.bits && address.value >> hostBits === network;
  };
}

/** A test for the same address however it is written; undefined when the text is no address. */
export function compileAddress(text: string): ((text: string) => boolean) | undefined {
  const wanted = parseAddress(text);
  if (wanted === undefined) return undefined;
  return (leaf) => {
    if (leaf === text) return true;
    const address = parseAddress(leaf);
    return address?.bits === wanted.bits && address.value === wanted.value;
  };
}
