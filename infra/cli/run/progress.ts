import cliProgress from 'cli-progress';
import { say } from '../exit.ts';

type Work = (at: (count: number) => void) => Promise<void>;

/** Tells a person how far a run is: bars on a terminal, plain lines in a pipe. Always on stderr. */
export interface Progress {
  /** Work that says how far it is. */
  counted(name: string, work: Work): Promise<void>;
  during(name: string, work: () => Promise<void>): Promise<void>;
}

export function createProgress(total: number): Progress {
  return process.stderr.isTTY ? bars(total) : lines(total);
}

function bars(total: number): Progress {
  const counted = async (name: string, work: Work) => {
    const bar = new cliProgress.SingleBar({
      format: `${name.padEnd(20)} {bar} {value}/{total} {duration_formatted}`,
      hideCursor: true,
      stream: process.stderr,
    });
    bar.start(total, 0);
    try {
      await work((count) => bar.update(count));
    } finally {
      bar.stop();
    }
  };
  return { counted, during: spoken };
}

const linesPerReport = 10;

function lines(total: number): Progress {
  const stride = Math.max(Math.ceil(total / linesPerReport), 1);
  const counted = (name: string, work: Work) =>
    work((count) => {
      if (count % stride === 0 || count === total) say(`${name}: ${count} of ${total}`);
    });
  return { counted, during: spoken };
}

async function spoken(name: string, work: () => Promise<void>): Promise<void> {
  say(`${name} …`);
  await work();
}
