/** Some editors begin a UTF-8 file with a mark that is no part of its text. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
