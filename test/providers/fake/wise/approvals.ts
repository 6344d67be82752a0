import { type KeyObject, verify } from 'node:crypto';
import type { Answer } from '../common/answer.ts';
import type { FakeCall } from '../common/call.ts';
import { uuidOf } from './webhooks.ts';

/** Strong authentication, as it is asked for in the UK and the EEA. */
export interface Approvals {
  demand(publicKey: KeyObject): void;
  asked(): number;
  /** Of a call that needs an approval and has none: nothing has happened. */
  refusalOf(call: FakeCall): Answer | undefined;
}

export function createApprovals(): Approvals {
  let registered: KeyObject | undefined;
  let asked = 0;
  /** Each is good for one call. */
  const open = new Set<string>();
  return {
    demand: (publicKey) => {
      registered = publicKey;
    },
    asked: () => asked,
    refusalOf: (call) => {
      if (registered === undefined || !isProtected(call)) return undefined;
      const token = call.headers['x-2fa-approval'] ?? '';
      const signature = Buffer.from(call.headers['x-signature'] ?? '', 'base64');
      const isSigned = verify('RSA-SHA256', Buffer.from(token), registered, signature);
      if (open.delete(token) && isSigned) return undefined;
      asked += 1;
      const next = uuidOf(`one-time token ${asked}`);
      open.add(next);
      const headers = { 'x-2fa-approval-result': 'REJECTED', 'x-2fa-approval': next };
      const words = { status: 403, error: 'Forbidden', message: 'canary words' };
      return { status: 403, body: words, headers };
    },
  };
}

function isProtected({ method, parts }: FakeCall): boolean {
  const isPayment = method === 'POST' && parts.at(-1) === 'payments';
  return isPayment || parts.includes('balance-statements');
}
