import { createLogger } from '../../../../../shared/adapters/telemetry/logger.ts';

/** The real logger at its strictest, and what it wrote. */
export function recordingLogger() {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line));
  return { logger: createLogger({ write, onLeak: 'throw' }), lines };
}
