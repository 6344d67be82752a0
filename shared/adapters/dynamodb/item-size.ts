import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Image } from './attributes.ts';

/** A number takes at most 21 bytes, however it is written. */
const longestNumberBytes = 21;

/**
 * Bytes that DynamoDB bills for an item: names and values (aws-facts 1.4). Texts count as UTF-8; a
 * number one byte per two digits and one more, two more where negative; lists and maps three, and
 * one per element.
 */
export function imageBytes(image: Image): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(image)) bytes += textBytes(name) + valueBytes(value);
  return bytes;
}

function textBytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return textBytes(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.B !== undefined) return value.B.byteLength;
  if (value.L !== undefined) {
    return value.L.reduce((sum, element) => sum + 1 + valueBytes(element), 3);
  }
  if (value.M !== undefined) return 3 + imageBytes(value.M) + Object.keys(value.M).length;
  return 1;
}

/** Never less than the service counts: zeros at either end, which it does not store, count here. */
function numberBytes(digits: string): number {
  const sign = digits.startsWith('-') ? 1 : 0;
  return Math.min(Math.ceil((digits.length - sign) / 2) + 1 + sign, longestNumberBytes);
}

/**
 * Write units of an item of that size, outside of a transaction: one per started KB, at least one.
 */
export function writeUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 1024));
}
