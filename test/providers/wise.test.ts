import { certify } from './certification.ts';
import { wiseHarness } from './wise-stage.ts';

certify('wise', wiseHarness);
