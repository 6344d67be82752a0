import { tangoCapabilities } from '../../shared/adapters/providers/tango.ts';
import { certify } from './certification.ts';
import { tangoStage } from './tango-stage.ts';

certify('tango', {
  capabilities: tangoCapabilities,
  cannot: {
    listsLag: 'Nothing says that lists lag, and a reference used again gives the same order.',
    unknownDelivery: 'Tango delivers nothing of ours: an order has a status and no delivery.',
  },
  start: tangoStage,
});
