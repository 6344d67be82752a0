/** Exit codes of every command. */
export const exitCodes = {
  done: 0,
  /** Finished, with dead letters, mismatches, findings or failed scenarios. */
  findings: 1,
  /** Bad arguments or input that cannot be read; nothing was done. */
  usage: 2,
  /** Something that was not foreseen (EX_SOFTWARE of sysexits.h). */
  unexpected: 70,
  /** Nobody reads what is printed any more: as a shell tells of SIGPIPE. */
  unread: 141,
} as const;

/** How this command line is called, for sentences that name a command to type. */
export const guerdon = 'npm run -s guerdon --';

/** A mistake in how a command was called: its sentence goes to stderr, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Speech = (text: string) => void;

const onStderr: Speech = (text) => {
  process.stderr.write(text);
};
let speech = onStderr;

export function say(line: string): void {
  speech(`${line}\n`);
}

/** Lets lines go through what draws on the terminal meanwhile. Returns how to end that. */
export function sayThrough(other: Speech): () => void {
  speech = other;
  return () => {
    speech = onStderr;
  };
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
