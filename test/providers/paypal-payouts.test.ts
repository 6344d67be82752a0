import { certify } from './certification.ts';
import { certifyPayPalMoney } from './paypal-payouts-money.ts';
import { payPalPayoutsHarness } from './paypal-payouts-stage.ts';

certify('paypal-payouts', payPalPayoutsHarness, { money: certifyPayPalMoney });
