import { describe, expect, it } from 'vitest';
import {
  createLogger,
  type LoggerSettings,
  LogLeakError,
} from '../../../../../shared/adapters/telemetry/logger.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import type { LogFields } from '../../../../../shared/ports/runtime.ts';

function start(settings: LoggerSettings = {}) {
  const lines: string[] = [];
  const logger = createLogger({ write: (line) => lines.push(line), ...settings });
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? 'null') };
}

const claimToken = 'bwwsCl8dilKbHhxqfY6fAAAAa0nSAJw2k0tqQz1s8JvL0yW9XbA';

const leaks: [string, unknown][] = [
  ['an address', 'mia@example.com'],
  ['an address in a sentence', 'to <mia@localhost>'],
  ['a link', 'https://reward.example/r/CANARY'],
  ['a claim token', claimToken],
  ['a bearer token', `Bearer eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.${claimToken}`],
  ['a secret', new Secret('CANARY')],
  ['an object', { code: 'CANARY' }],
  ['an error', new Error('CANARY')],
];

describe('the logger', () => {
  it('writes one JSON line a call, with the sentence of its code', () => {
    const { logger, lines, last } = start({ base: { function: 'accrue' } });
    logger.info('LEDGER_STALE_RETRY', { round: 2, reason: undefined });
    expect(lines[0]).toMatch(/^\{[^\n]*\}\n$/);
    expect(last()).toEqual({
      level: 'info',
      code: 'LEDGER_STALE_RETRY',
      sentence: expect.stringContaining('balance'),
      function: 'accrue',
      round: 2,
    });
    logger.warn('CASE_OPENED');
    expect(last().level).toBe('warn');
    logger.error('CASE_OPENED');
    expect(last().level).toBe('error');
  });

  it("keeps a refusal's own code beside the code of the line", () => {
    const { logger, last } = start();
    logger.warn('EVENT_REFUSED', { code: 'INVALID_DATE', field: 'occurredAt' });
    expect(last()).toMatchObject({ code: 'EVENT_REFUSED', refusal: 'INVALID_DATE' });
  });

  it('lets our own ids through', () => {
    const { logger, last } = start({ onLeak: 'throw' });
    const fields = {
      redemption: '6f0c2c0a-5f1d-8a52-9b1e-1c6a7d8e9f00',
      entry: '47DEQpj8HBSa-_TImW-5JC',
      program: `a${'-long-program-name'.repeat(3)}`,
      sequence: '4'.repeat(40),
      messageId: '0000-1111',
    };
    logger.info('ORDER_ROUTED', fields);
    expect(last()).toMatchObject(fields);
  });

  it.each(leaks)('masks %s', (_, value) => {
    const { logger, lines, last } = start();
    logger.info('CALL_UNKNOWN', { detail: value } as LogFields);
    expect(last()).toMatchObject({ detail: '[redacted]' });
    expect(lines.join()).not.toMatch(/CANARY|mia|eyJ/);
  });

  it.each(leaks)('throws in tests for %s, without the value', (_, value) => {
    const { logger } = start({ onLeak: 'throw' });
    const log = () => logger.info('CALL_UNKNOWN', { detail: value } as LogFields);
    expect(log).toThrow(LogLeakError);
    expect(log).toThrow(/^The log field detail must not be logged\.$/);
  });

  it('leaves out and counts fields that are not on the list', () => {
    const { logger, lines, last } = start();
    logger.info('MAIL_SENT', { email: 'x', giftCode: 'CANARY', redemption: 'r' });
    expect(last()).toMatchObject({ redemption: 'r', leftOut: 2 });
    expect(lines.join()).not.toContain('CANARY');
    const strict = start({ onLeak: 'throw' });
    expect(() => strict.logger.info('MAIL_SENT', { giftCode: 'x' })).toThrow('giftCode');
  });

  it('cuts long texts and knows unknown codes', () => {
    const { logger, last } = start();
    logger.info('NO_SUCH_CODE', { detail: 'a'.repeat(5000) });
    expect(last()).toEqual({ level: 'info', code: 'NO_SUCH_CODE', detail: 'a'.repeat(256) });
    const strict = start({ onLeak: 'throw' });
    expect(() => strict.logger.info('NO_SUCH_CODE')).toThrow(LogLeakError);
  });
});
