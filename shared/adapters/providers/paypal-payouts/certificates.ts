import { X509Certificate } from 'node:crypto';
import { invariant } from '../../../domain/result.ts';
import type { Instant } from '../../../domain/time.ts';
import type { ProviderBase } from '../provider-base.ts';

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** Whom PayPal's signing certificates are made out to. */
const signers: Readonly<Record<ProviderBase['place'], RegExp>> = {
  production: /^CN=messageverificationcerts\.paypal\.com$/m,
  sandbox: /^CN=messageverificationcerts(\.sandbox)?\.paypal\.com$/m,
  loopback: /^CN=messageverificationcerts(\.sandbox)?\.paypal\.com$/m,
};

export interface SigningCertificate {
  readonly certificate: X509Certificate;
  /** Of itself and of those above it that were given with it: none may have ended. */
  readonly validFrom: number;
  readonly validTo: number;
}

/**
 * The certificates in `pem` that sign PayPal's webhooks. Others in it are taken for those above
 * them in their chains. Throws `InvariantError`, which quotes nothing, where there is none.
 */
export function signingCertificates(
  pem: string,
  place: ProviderBase['place'],
): readonly SigningCertificate[] {
  const all = (pem.match(block) ?? []).map(certificateOf);
  const signing = all.filter(({ subject }) => signers[place].test(subject));
  invariant(signing.length > 0, 'The PayPal account has no certificate of who signs webhooks.');
  return signing.map((certificate) => {
    const above = all.filter((it) => it !== certificate && certificate.checkIssued(it));
    for (const issuer of above) {
      const isSigned = certificate.verify(issuer.publicKey);
      invariant(isSigned, 'A PayPal certificate is not signed by who it says has issued it.');
    }
    const chain = [certificate, ...above];
    return {
      certificate,
      validFrom: Math.max(...chain.map((it) => Date.parse(it.validFrom))),
      validTo: Math.min(...chain.map((it) => Date.parse(it.validTo))),
    };
  });
}

export function isValidAt({ validFrom, validTo }: SigningCertificate, now: Instant): boolean {
  return validFrom <= now && now <= validTo;
}

function certificateOf(text: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    invariant(false, 'A certificate of the PayPal account cannot be read.');
  }
}

const certificatePath = /^\/v1\/notifications\/certs\/[A-Za-z0-9._-]{1,200}$/;
const hosts: ReadonlySet<string> = new Set([
  ...['api.paypal.com', 'api-m.paypal.com'],
  ...['api.sandbox.paypal.com', 'api-m.sandbox.paypal.com'],
]);

/** Where a webhook says that its certificate is: exactly at PayPal, or at the stand-in itself. */
export function isCertificateUrl(text: string, { base, place }: ProviderBase): boolean {
  if (text.length > 500 || !URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.search + url.hash !== '') return false;
  if (!certificatePath.test(url.pathname)) return false;
  if (place === 'loopback' && url.origin === new URL(base).origin) return true;
  return url.protocol === 'https:' && url.port === '' && hosts.has(url.hostname);
}
