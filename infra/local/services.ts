import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Activity } from './activity.ts';
import type { FunctionPool } from './functions/function-pool.ts';
import { entrance, maximumRequestBytes } from './http-api/entrance.ts';
import { messageResponse } from './http-api/payload.ts';
import { startSealing } from './local-secrets.ts';
import { mailPage } from './mail/mail-page.ts';
import { Mailbox } from './mail/mailbox.ts';
import { QueueServer } from './queues/queue-server.ts';
import { localPublicKey } from './signing-key.ts';
import type { LocalStackOptions } from './stack.ts';
import { EventBus } from './stand-ins/event-bus.ts';
import {
  fileService,
  filesFolder,
  fileTooLarge,
  maximumFileBytes,
} from './stand-ins/files/file-service.ts';
import { ObjectFolder } from './stand-ins/files/object-folder.ts';
import { mailService } from './stand-ins/mail-service.ts';
import { rateFeed, ratesFolder } from './stand-ins/rate-feed.ts';
import { serveServices } from './stand-ins/services.ts';
import { serve, type WireHandler, type WireServer } from './stand-ins/wire.ts';
import type { Teardown } from './teardown.ts';
import { readAssembly } from './template/assembly.ts';
import { localAccountId } from './template/identities.ts';
import { planStack, type StackPlan } from './template/plan.ts';

export interface Services {
  readonly plan: StackPlan;
  readonly queues: QueueServer;
  readonly bus: EventBus;
  readonly urls: { readonly api: string; readonly mail: string };
  readonly endpoints: {
    readonly queues: string;
    readonly services: string;
    readonly files: string;
  };
  /** Variables of functions that point outside of AWS in the cloud. */
  readonly overrides: Readonly<Record<string, string>>;
}

export interface ServiceSettings {
  readonly options: LocalStackOptions;
  readonly activity: Activity;
  readonly teardown: Teardown;
  readonly functionOf: (functionId: string) => FunctionPool;
}

/** Starts all but the database and the functions: addresses first, then what is behind them. */
export async function startServices(settings: ServiceSettings): Promise<Services> {
  const { options, activity, teardown, functionOf } = settings;
  const { stateDirectory, log, clockOffsetMs } = options;
  const stack = await readAssembly(options.assemblyDirectory);
  const queues = await QueueServer.start({
    region: stack.region,
    dataDirectory: stateDirectory && join(stateDirectory, 'queues'),
    activity,
  });
  teardown.add(() => queues.stop());
  const behindApi: { handler: WireHandler } = { handler: () => messageResponse(404, 'Not Found') };
  const api = await serveBounded((request) => behindApi.handler(request), settings);
  const plan = planStack(stack, {
    region: stack.region,
    accountId: localAccountId,
    stackName: stack.stackName,
    queueOrigin: queues.origin,
    apiOrigin: api.origin,
  });
  for (const queue of plan.queues) queues.create(queue);
  if (plan.entrance !== undefined) {
    const publicKey = localPublicKey();
    behindApi.handler = entrance({ plan: plan.entrance, publicKey, functionOf, log });
  }
  const mailbox = new Mailbox(stateDirectory && join(stateDirectory, 'mails'), clockOffsetMs);
  const mail = await serveBounded(mailPage(mailbox), settings);
  const rates = await serveBounded(rateFeed(stateDirectory), settings);
  const bus = new EventBus(plan.bus, plan.place, queues);
  const { keys, secrets } = startSealing(plan, options.secrets, stateDirectory);
  const mails = mailService(mailbox, ({ detailType, detail }) =>
    bus.announce('aws.ses', detailType, detail),
  );
  const services = await serveServices(
    { ...bus.operations, ...keys.operations, ...secrets.operations, ...mails },
    log,
  );
  teardown.add(() => services.stop());
  const files = await serveFiles(plan.bucket, settings);
  return {
    ...{ plan, queues, bus },
    urls: { api: api.origin, mail: mail.origin },
    endpoints: { queues: queues.origin, services: services.origin, files: files.origin },
    overrides: { RATE_FEED_URL: `${rates.origin}/${ratesFolder}` },
  };
}

/** Objects lie where a person finds them; without a state they go with the stack. */
async function serveFiles(
  bucket: string | undefined,
  { options, teardown }: ServiceSettings,
): Promise<WireServer> {
  const { log, stateDirectory } = options;
  const server = await serve({
    handler: fileService({
      bucket,
      folder: new ObjectFolder(
        join(stateDirectory ?? (await passingFolder(teardown)), filesFolder),
      ),
    }),
    maximumBodyBytes: maximumFileBytes,
    tooLarge: fileTooLarge,
    onError: (error) => log(`The file service failed: ${String(error)}`),
  });
  teardown.add(() => server.stop());
  return server;
}

async function passingFolder(teardown: Teardown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guerdon-files-'));
  teardown.add(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function serveBounded(
  handler: WireHandler,
  { options, teardown }: ServiceSettings,
): Promise<WireServer> {
  const server = await serve({
    handler,
    maximumBodyBytes: maximumRequestBytes,
    tooLarge: messageResponse(413, 'Request Entity Too Large'),
    onError: (error) => options.log(`A request failed: ${String(error)}`),
  });
  teardown.add(() => server.stop());
  return server;
}
