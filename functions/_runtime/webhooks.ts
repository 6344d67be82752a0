import { createWebhookPoster } from '../../shared/adapters/webhooks/poster.ts';
import type { WebhookPoster } from '../../shared/ports/webhooks.ts';
import { readEnvironment } from './environment.ts';
import type { Runtime } from './runtime.ts';

/** Standard Webhooks advises 15 to 30 s; ten at a time have to fit into the function's minute. */
const timeoutMs = 10_000;

export function composePoster({ clock }: Runtime): WebhookPoster {
  const { STAGE } = readEnvironment('STAGE');
  return createWebhookPoster({ clock, timeoutMs, isLocal: STAGE === 'local' });
}
