import { formatInstant, type Instant, parseInstant } from '../../shared/domain/time.ts';
import { readStateFile, writeStateFile } from '../local/state-file.ts';

/** What a state directory remembers between runs. */
export interface Remembered {
  readonly program: string;
  readonly asOf: Instant;
}

/** `undefined` for a directory without a run. */
export function readRemembered(directory: string): Remembered | undefined {
  const stored = readStateFile(directory);
  const asOf = stored && parseInstant(stored.asOf);
  return stored && asOf !== undefined ? { program: stored.program, asOf } : undefined;
}

/** Call while the local stack holds the directory. */
export function remember(directory: string, { program, asOf }: Remembered): void {
  writeStateFile(directory, { program, asOf: formatInstant(asOf) });
}
