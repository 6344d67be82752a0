/**
 * What an answer of a bank says, as one text: the same for the same, however it was written. The
 * order of what it lists counts.
 */
export function saidIn(answer: object): string {
  return JSON.stringify(answer, (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value,
  );
}
