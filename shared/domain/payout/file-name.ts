/** Of one file that is exchanged with a bank, in bytes. */
export const largestFileBytes = 32 * 1024 * 1024;

const form = /^[A-Za-z0-9][A-Za-z0-9 ._()+,=@-]{0,219}$/;

/** Names that mean the same as a key of a bucket and as a file on any disk. */
export function isFileName(name: string): boolean {
  return form.test(name);
}
