import { certify } from './certification.ts';
import { payPalPayoutsHarness } from './paypal-payouts-stage.ts';

certify('paypal-payouts', payPalPayoutsHarness);
