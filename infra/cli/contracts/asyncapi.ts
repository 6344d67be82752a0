import { type BusEvent, busEvents } from '../../../shared/contracts/api/bus-events.ts';
import { type JsonSchema, schemaOf } from './json-schema.ts';

const version = '1.0.0';
const source = 'guerdon';

const sorted = Object.entries(busEvents).sort(([left], [right]) => (left < right ? -1 : 1));

/** JSON Schemas (2020-12) of the details of all events on the bus, by type. */
export function eventSchemas() {
  const details = sorted.map(([type, event]) => [type, detailOf(event)] as const);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: "Details of the bus's events, by type",
    $defs: Object.fromEntries(details),
  };
}

function detailOf({ summary, detail, direction }: BusEvent): JsonSchema {
  return { description: summary, ...schemaOf(detail, direction === 'send' ? 'output' : 'input') };
}

/** The description of the bus and of webhooks: AsyncAPI 3.0. */
export function asyncApi() {
  const addressed = sorted.map(([type, event]) => [type, messageOf(type, event)] as const);
  return {
    asyncapi: '3.0.0',
    info: {
      ...{ title: 'Guerdon', version, license: { name: 'Apache 2.0' } },
      description:
        'Events on the bus (EventBridge), by detail type; those marked x-webhook are told to ' +
        'addresses of integrators as well, signed by Standard Webhooks.',
    },
    defaultContentType: 'application/json',
    channels: {
      bus: {
        address: 'guerdon',
        description: 'Details by type. Each event comes at least once, in any order.',
        messages: referencesTo('#/components/messages', sorted),
      },
      webhooks: {
        address: '{address}',
        parameters: { address: { description: 'What the integrator has subscribed.' } },
        description: 'A POST with webhook-id, webhook-timestamp and webhook-signature.',
        messages: referencesTo(
          '#/components/messages',
          sorted.filter(([, { isTold }]) => isTold),
        ),
      },
    },
    operations: {
      takeFromBus: operation('receive', 'bus', ({ direction }) => direction === 'receive'),
      tellBus: operation('send', 'bus', ({ direction }) => direction === 'send'),
      tellIntegrators: operation('send', 'webhooks', ({ isTold }) => isTold),
    },
    components: { messages: Object.fromEntries(addressed) },
  };
}

function messageOf(type: string, event: BusEvent) {
  return {
    ...{ name: type, summary: event.summary, payload: detailOf(event) },
    ...(event.direction === 'send' && { 'x-source': source }),
    ...(event.isTold && { 'x-webhook': true }),
  };
}

type Named = readonly (readonly [string, BusEvent])[];

function referencesTo(place: string, events: Named) {
  const references = events.map(([type]) => [type, { $ref: `${place}/${type}` }] as const);
  return Object.fromEntries(references);
}

function operation(
  action: 'send' | 'receive',
  channel: 'bus' | 'webhooks',
  isIn: (event: BusEvent) => boolean,
) {
  const own = sorted.filter(([, event]) => isIn(event));
  return {
    ...{ action, channel: { $ref: `#/channels/${channel}` } },
    messages: own.map(([type]) => ({ $ref: `#/channels/${channel}/messages/${type}` })),
  };
}
