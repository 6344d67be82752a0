import { execFileSync, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

export interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly said: string;
}

/** A process that works on a state, and tells on stderr how far it is. */
export interface Worker {
  /** Kills it a little after it has said something; resolves when nothing holds the state. */
  killAfter(due: { readonly line: string; readonly afterMs: number }): Promise<Ended>;
  readonly ended: Promise<Ended>;
}

const longestMs = 180_000;
const lookEveryMs = 10;

export function startWorker(
  file: string,
  { state, ...others }: Readonly<Record<string, string>> & { readonly state: string },
): Worker {
  const told = Object.entries({ state, ...others }).flatMap(([name, text]) => [`--${name}`, text]);
  const child = spawn(process.execPath, [file, ...told], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, said] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (status) => resolve({ status, output, said }));
  });
  return {
    ended,
    killAfter: async ({ line, afterMs }) => {
      for (let waitedMs = 0; !said.includes(line); waitedMs += lookEveryMs) {
        if (child.exitCode !== null || waitedMs > longestMs) throw new Error(said.slice(-2000));
        await wait(lookEveryMs);
      }
      await wait(afterMs);
      if (!child.kill('SIGKILL')) throw new Error(`It had ended before: ${said.slice(-2000)}`);
      const last = await ended;
      for (let tries = 0; tries < 1200 && isHeld(state); tries += 1) await wait(50);
      return last;
    },
  };
}

/** Whether a process still has the state in its command line. */
function isHeld(state: string): boolean {
  const table = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' });
  return table.split('\n').some((line) => line.includes(state) && !line.includes('ps -eo'));
}

/** How often each fault struck, by what workers have told last of it. */
export class StruckFaults {
  readonly #times = new Map<string, number>();

  add(said: string): void {
    const [, last = '{}'] =
      said
        .split('\n')
        .findLast((line) => line.startsWith('faults '))
        ?.split(' ') ?? [];
    for (const [fault, times] of Object.entries(JSON.parse(last) as Record<string, number>)) {
      this.#times.set(fault, (this.#times.get(fault) ?? 0) + times);
    }
  }

  told(): { readonly struck: readonly string[]; readonly idle: readonly string[] } {
    const named = (isStruck: boolean) =>
      [...this.#times].filter(([, times]) => times > 0 === isStruck).map(([fault]) => fault);
    return { struck: named(true), idle: named(false) };
  }
}
