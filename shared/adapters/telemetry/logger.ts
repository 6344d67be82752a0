import type { LogFields, Logger } from '../../ports/runtime.ts';
import { type LogCode, logFieldNames, logSentences } from './log-catalogue.ts';
import { cut, isLoggable, mask } from './redaction.ts';

export type WriteLine = (line: string) => void;

/** Names the field, never its value. */
export class LogLeakError extends Error {
  override readonly name = 'LogLeakError';
}

export interface LoggerSettings {
  readonly write?: WriteLine;
  /** Stand on every line, such as the function's name. */
  readonly base?: LogFields;
  /** What happens to a field that must not be logged: tests throw, production masks it. */
  readonly onLeak?: 'throw' | 'mask';
}

export function writeToStdout(line: string): void {
  process.stdout.write(line);
}

/**
 * Writes one JSON line a call: `{"level", "code", "sentence", …fields}`. Fields outside the
 * allow-list are left out and counted in `leftOut`; values that look like an address, link or token
 * are masked.
 */
export function createLogger(settings: LoggerSettings = {}): Logger {
  const { write = writeToStdout, base = {}, onLeak = 'mask' } = settings;
  const log = (level: string, logCode: string, fields: LogFields = {}) => {
    const sentence = sentenceOf(logCode);
    if (sentence === undefined && onLeak === 'throw') {
      throw new LogLeakError(`The log catalogue has no code ${logCode}.`);
    }
    const { safe, leftOut } = screen({ ...base, ...fields }, onLeak);
    // `code` alone names the line; a refusal's own code stands beside it as `refusal`.
    const { code, ...rest } = safe;
    const line = {
      level,
      code: isLoggable(logCode) ? cut(logCode) : mask,
      ...(sentence !== undefined && { sentence }),
      ...(code !== undefined && { refusal: code }),
      ...rest,
      ...(leftOut > 0 && { leftOut }),
    };
    write(`${JSON.stringify(line)}\n`);
  };
  return {
    info: (code, fields) => log('info', code, fields),
    warn: (code, fields) => log('warn', code, fields),
    error: (code, fields) => log('error', code, fields),
  };
}

function sentenceOf(code: string): string | undefined {
  return Object.hasOwn(logSentences, code) ? logSentences[code as LogCode] : undefined;
}

function screen(fields: LogFields, onLeak: 'throw' | 'mask') {
  const safe: Record<string, string | number | boolean> = {};
  let leftOut = 0;
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const isAllowed = logFieldNames.has(name);
    const isSafe = isLoggable(value);
    if (onLeak === 'throw' && !(isAllowed && isSafe)) {
      throw new LogLeakError(`The log field ${isLoggable(name) ? name : mask} must not be logged.`);
    }
    if (!isAllowed) leftOut += 1;
    else safe[name] = isSafe ? cut(value) : mask;
  }
  return { safe, leftOut };
}
