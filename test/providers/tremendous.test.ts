import { certify } from './certification.ts';
import { tremendousStage } from './tremendous-stage.ts';

certify('tremendous', { start: tremendousStage });
