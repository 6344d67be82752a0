import { certify } from './certification.ts';
import { tremendousHarness } from './tremendous-stage.ts';

certify('tremendous', tremendousHarness);
