import * as z from 'zod/mini';
import { WireNumber } from './exact-json.ts';

/** A name, a status, a code: what providers add to their lists is read as it stands. */
export const shortText = z.string().check(z.minLength(1), z.maxLength(200));

export const identifierPattern = /^[A-Za-z0-9_-]{1,100}$/;
export const identifier = z.string().check(z.regex(identifierPattern));

export const wireNumber = z.instanceof(WireNumber);

const longestLink = 2_048;

/** What is shown to a person as a link: only an address that a browser opens as a page will do. */
export function isPage(text: string): boolean {
  return text.length <= longestLink && text.startsWith('https://') && URL.canParse(text);
}

export const pageLink = z.string().check(z.refine(isPage));
