import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createLedgerScan } from '../../shared/adapters/dynamodb/ledger-scan.ts';
import { createProgramStore } from '../../shared/adapters/dynamodb/program-store.ts';
import { openTable } from '../../shared/adapters/dynamodb/table.ts';
import { systemRandomness, systemSleeper } from '../../shared/adapters/system.ts';
import type { LedgerScan, ProgramStore } from '../../shared/ports/stores.ts';

/** The table of a state, read by the command line itself. */
export interface StateTable {
  readonly programs: ProgramStore;
  readonly scan: LedgerScan;
  close(): void;
}

export function openStateTable(
  clientEnvironment: Readonly<Record<string, string>>,
  tableName: string,
): StateTable {
  const endpoint = clientEnvironment['AWS_ENDPOINT_URL_DYNAMODB'];
  const region = clientEnvironment['AWS_REGION'];
  const dynamodb = new DynamoDBClient({
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
    credentials: {
      accessKeyId: clientEnvironment['AWS_ACCESS_KEY_ID'] ?? 'local',
      secretAccessKey: clientEnvironment['AWS_SECRET_ACCESS_KEY'] ?? 'local',
    },
  });
  const table = openTable({
    dynamodb,
    tableName,
    metrics: { writeUnits: () => undefined },
    randomness: systemRandomness,
    sleeper: systemSleeper,
  });
  return {
    programs: createProgramStore(table),
    scan: createLedgerScan(table),
    close: () => dynamodb.destroy(),
  };
}
