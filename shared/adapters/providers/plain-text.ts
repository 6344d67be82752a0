const unseen = /<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;
const breaks = /<(?:br|\/?(?:p|div|li|ul|ol|h[1-6]|tr))\b[^>]*(?:>|$)/gi;
const tags = /<[a-z/!?][^>]*(?:>|$)/gi;
/** Left where a tag stood inside another. */
const openings = /<(?=[a-z/!?])/gi;
const entities = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi;

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['ndash', '–'],
  ['mdash', '—'],
  ['copy', '©'],
  ['reg', '®'],
  ['trade', '™'],
]);

const largestCodePoint = 0x10ffff;

/**
 * What a person would read of a piece of HTML, a line for each block, no longer than `longest`
 * UTF-16 units. It is text: who shows it on a page has to escape it.
 */
export function plainText(html: string, longest: number): string {
  const text = html
    .replace(unseen, ' ')
    .replace(breaks, '\n')
    .replace(tags, '')
    .replace(openings, '')
    .replace(entities, characterOf)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
  return text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
}

/** The same on one line. */
export function oneLine(html: string, longest: number): string {
  return plainText(html, longest).replaceAll('\n', ' ');
}

function characterOf(entity: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return named.get(name.toLowerCase()) ?? entity;
  const codePoint = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  if (codePoint < 32 || codePoint > largestCodePoint) return ' ';
  return String.fromCodePoint(codePoint).toWellFormed();
}
