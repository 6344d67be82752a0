import { certify } from './certification.ts';
import { runaHarness } from './runa-stage.ts';

certify('runa', runaHarness);
