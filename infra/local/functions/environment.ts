import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FunctionPlan } from '../template/compute.ts';
import type { EnvironmentReply, EnvironmentSettings, Invocation } from './messages.ts';

/** A handler threw, ran out of time or memory, or could not be loaded. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
  readonly errorType: string;

  constructor(errorType: string, message: string) {
    super(message);
    this.errorType = errorType;
  }
}

interface Current {
  readonly resolve: (result: string | undefined) => void;
  readonly reject: (error: FunctionError) => void;
}

/** One environment of a function: a thread with variables of its own. */
export class FunctionEnvironment {
  readonly #plan: FunctionPlan;
  readonly #worker: Worker;
  readonly #print: (text: string) => void;
  readonly #clockOffsetMs: () => number;
  #current: Current | undefined;
  #broken = false;
  /** Settles when the module is loaded; rejects with a FunctionError when it cannot be. */
  readonly ready: Promise<unknown>;

  constructor(
    plan: FunctionPlan,
    variables: Readonly<Record<string, string>>,
    hooks: { readonly print: (text: string) => void; readonly clockOffsetMs: () => number },
  ) {
    this.#plan = plan;
    this.#print = hooks.print;
    this.#clockOffsetMs = hooks.clockOffsetMs;
    this.#worker = new Worker(new URL('./environment-thread.ts', import.meta.url), {
      workerData: settingsOf(plan),
      env: { ...variables, NODE_COMPILE_CACHE: compileCacheOf(plan) },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxOldGenerationSizeMb: plan.memoryMb },
    });
    this.#worker.on('message', (message: EnvironmentReply) => this.#hear(message));
    this.#worker.on('error', (error) => this.#fail(new FunctionError(error.name, error.message)));
    this.#worker.on('exit', (code) =>
      this.#fail(new FunctionError('Runtime.ExitError', `exited with status ${code}`)),
    );
    this.ready = this.#reply();
    this.ready.catch(() => undefined);
  }

  get broken(): boolean {
    return this.#broken;
  }

  /** Runs the handler; one invocation at a time. `event` and the result are JSON. */
  async invoke(event: string): Promise<string | undefined> {
    await this.ready;
    const { timeoutMs } = this.#plan;
    const seconds = timeoutMs / 1000;
    const timer = setTimeout(() => {
      this.#fail(new FunctionError('Sandbox.Timedout', `timed out after ${seconds} seconds`));
      this.#worker.terminate();
    }, timeoutMs);
    try {
      const deadlineMs = Date.now() + timeoutMs;
      const clockOffsetMs = this.#clockOffsetMs();
      const invocation = { requestId: randomUUID(), event, deadlineMs, clockOffsetMs };
      this.#worker.postMessage(invocation satisfies Invocation);
      return await this.#reply();
    } finally {
      clearTimeout(timer);
    }
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #reply(): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      this.#current = { resolve, reject };
    });
  }

  #hear(message: EnvironmentReply): void {
    if (message.kind === 'printed') {
      this.#print(message.text);
      return;
    }
    const current = this.#current;
    this.#current = undefined;
    if (message.kind === 'failed') {
      current?.reject(new FunctionError(message.errorType, message.errorMessage));
    } else {
      current?.resolve(message.kind === 'result' ? message.result : undefined);
    }
  }

  #fail(error: FunctionError): void {
    this.#broken = true;
    this.#current?.reject(error);
    this.#current = undefined;
  }
}

/** Beside the code, so that it goes when the code does: a later environment need not compile. */
function compileCacheOf({ codeFolder }: FunctionPlan): string {
  return join(dirname(codeFolder), 'compile-cache');
}

function settingsOf({ name, arn, memoryMb, codeFolder, file, exportName }: FunctionPlan) {
  const module = pathToFileURL(join(codeFolder, file)).href;
  return { name, arn, memoryMb, module, exportName } satisfies EnvironmentSettings;
}
