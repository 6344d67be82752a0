import { describe, onTestFinished } from 'vitest';
import { openDiskLedger } from '../../../../../infra/cli/simulate/disk-ledger.ts';
import { type Backend, memoryStores } from '../../../../stores/backends.ts';
import { ledgerSuite } from '../../../../stores/ledger-suite.ts';
import { stateSuite } from '../../../../stores/state-suite.ts';

/** The ledger in a temporary file is a ledger as every other. */
const disk: Backend = {
  ...{ name: 'disk', propertyRuns: 0 },
  open: async () => {
    const { store, scan, close } = openDiskLedger();
    onTestFinished(close);
    return { ...memoryStores(), ledger: store, scan };
  },
};

describe('ledger', () => ledgerSuite(disk));
describe('state of a member', () => stateSuite(disk));
