import { certify } from './certification.ts';
import { certifyApproval } from './wise-approval.ts';
import { certifyWiseMoney } from './wise-money.ts';
import { wiseHarness } from './wise-stage.ts';

certify('wise', wiseHarness, {
  'strong authentication': certifyApproval,
  money: certifyWiseMoney,
});
