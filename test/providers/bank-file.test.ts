import { bankFileHarness } from './bank-file-stage.ts';
import { certify } from './certification.ts';

certify('bank-file', bankFileHarness);
