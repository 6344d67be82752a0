import type { Payee } from './payee.ts';

/** By what somebody is paid. */
export const payeeKinds = [
  ...(['iban', 'sortCode', 'routingNumber'] as const),
  ...(['email', 'phone', 'payPalId'] as const),
] as const;
export type PayeeKind = (typeof payeeKinds)[number];

/** So much of a payee that its owner knows it again, and nobody else learns it. */
export interface PayeeMask {
  readonly kind: PayeeKind;
  /** The last characters; empty where there are too few to show any. */
  readonly ending: string;
}

/** From so many characters on, one more of them is shown. */
const steps = [4, 8, 12, 16];

/** Shows a quarter at most, and nothing of a name, a bank or the domain of an address. */
export function maskOf(payee: Payee): PayeeMask {
  if (payee.rail === 'payPal') {
    const { receiver, receiverKind } = payee;
    const [local = ''] = receiver.split('@');
    return { kind: receiverKind, ending: endingOf(local) };
  }
  const { account } = payee;
  const number = account.kind === 'iban' ? account.iban : account.accountNumber;
  return { kind: account.kind, ending: endingOf(number) };
}

function endingOf(text: string): string {
  const shown = steps.filter((length) => text.length >= length).length;
  return text.slice(text.length - shown);
}
