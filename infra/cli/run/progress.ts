import cliProgress from 'cli-progress';
import { say } from '../exit.ts';

export interface Step {
  /** How far the step is. */
  at(count: number): void;
  end(): void;
}

/** Tells a person how far a run is: bars on a terminal, plain lines in a pipe. Always on stderr. */
export interface Progress {
  begin(name: string): Step;
  during(name: string, work: () => Promise<void>): Promise<void>;
}

export function createProgress(total: number): Progress {
  return process.stderr.isTTY ? bars(total) : lines(total);
}

function bars(total: number): Progress {
  const begin = (name: string): Step => {
    const bar = new cliProgress.SingleBar({
      format: `${name.padEnd(20)} {bar} {value}/{total} {duration_formatted}`,
      hideCursor: true,
      stream: process.stderr,
    });
    bar.start(total, 0);
    return { at: (count) => bar.update(count), end: () => bar.stop() };
  };
  return { begin, during: spoken };
}

const linesPerReport = 10;

function lines(total: number): Progress {
  const begin = (name: string): Step => {
    const stride = Math.max(Math.ceil(total / linesPerReport), 1);
    return {
      at: (count) => {
        if (count % stride === 0 || count === total) say(`${name}: ${count} of ${total}`);
      },
      end: () => undefined,
    };
  };
  return { begin, during: spoken };
}

async function spoken(name: string, work: () => Promise<void>): Promise<void> {
  say(`${name} …`);
  await work();
}
