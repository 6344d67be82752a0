import { certify } from './certification.ts';
import { reloadlyHarness } from './reloadly-stage.ts';

certify('reloadly', reloadlyHarness);
