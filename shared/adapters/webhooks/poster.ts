import { createHmac } from 'node:crypto';
import { type LookupAddress, lookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Secret } from '../../domain/secret.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { PostOutcome, WebhookPoster } from '../../ports/webhooks.ts';

export interface PosterSettings {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** On the local stage: plain HTTP, and to this machine only. */
  readonly isLocal: boolean;
}

/** Networks that a public address never lies in (IANA special-purpose registries). */
const closedNetworks: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

const closed = new BlockList();
for (const [network, prefix, family] of closedNetworks) closed.addSubnet(network, prefix, family);

/** Whether an IP address is one that an integrator must not have us connect to. */
export function isClosed(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  if (family === 4) return closed.check(address, 'ipv4');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return closed.check(mapped, 'ipv4');
  return closed.check(address, 'ipv6') || /^::ffff:/i.test(address);
}

class ForbiddenAddressError extends Error {}

/** Resolves a name and refuses closed networks in the same step, so that no answer can change. */
const openLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, '', 0);
    const [first] = addresses;
    if (first === undefined || addresses.some(({ address }) => isClosed(address))) {
      return callback(new ForbiddenAddressError('forbidden'), '', 0);
    }
    if (options.all) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

/** `v1,` and the signature of id, second and body (Standard Webhooks 1.0, signature scheme). */
export function signWebhook(
  secret: Secret,
  signed: { readonly id: string; readonly epochSeconds: number; readonly body: string },
): string {
  const key = Buffer.from(secret.reveal().replace(/^whsec_/, ''), 'base64');
  const content = `${signed.id}.${signed.epochSeconds}.${signed.body}`;
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}

export function createWebhookPoster({ clock, timeoutMs, isLocal }: PosterSettings): WebhookPoster {
  return {
    async post({ url, id, body, secret }) {
      const target = URL.canParse(url) ? new URL(url) : undefined;
      if (target === undefined || !mayBeCalled(target, isLocal)) return { kind: 'forbidden' };
      const epochSeconds = Math.floor(clock.now() / 1000);
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body).toString(),
        'webhook-id': id,
        'webhook-timestamp': epochSeconds.toString(),
        'webhook-signature': signWebhook(secret, { id, epochSeconds, body }),
      };
      return send({ target, headers, body, timeoutMs, isLocal });
    },
  };
}

function mayBeCalled({ protocol, hostname, username, password }: URL, isLocal: boolean): boolean {
  if (username !== '' || password !== '') return false;
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isLocal) return host === '127.0.0.1' || host === 'localhost' || host === '::1';
  if (protocol !== 'https:') return false;
  // A literal address is connected to without being looked up.
  return isIP(host) === 0 || !isClosed(host);
}

interface Sending {
  readonly target: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  readonly isLocal: boolean;
}

function send({ target, headers, body, timeoutMs, isLocal }: Sending): Promise<PostOutcome> {
  const request = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const options = {
    ...{ method: 'POST', headers, agent: false, signal: AbortSignal.timeout(timeoutMs) },
    ...(!isLocal && { lookup: openLookup }),
  };
  return new Promise((resolve) => {
    const call = request(target, options, (response) => {
      // What it says is nobody's business: the status alone counts.
      response.destroy();
      resolve({ kind: 'answered', status: response.statusCode ?? 0 });
    });
    call.on('error', (error) => {
      const isForbidden = error instanceof ForbiddenAddressError;
      resolve({ kind: isForbidden ? 'forbidden' : 'unreachable' });
    });
    call.end(body);
  });
}
