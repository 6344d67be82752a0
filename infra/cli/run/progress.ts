import cliProgress from 'cli-progress';
import { say, sayThrough } from '../exit.ts';

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

/**
 * What is said meanwhile stands above the bar. The terminal's modes and signals are left alone, so
 * that Ctrl-C ends the run and leaves the terminal as it was.
 */
function bars(total: number): Progress {
  const counted = async (name: string, work: Work) => {
    const screen = new cliProgress.MultiBar({
      format: `${name.padEnd(20)} {bar} {value}/{total} {duration_formatted}`,
      stream: process.stderr,
      ...{ barsize: 30, linewrap: true, gracefulExit: false },
    });
    const bar = screen.create(total, 0);
    const sayPlainly = sayThrough((text) => screen.log(text));
    try {
      await work((count) => bar.update(count));
    } finally {
      sayPlainly();
      // Stopping alone would drop what was said last.
      screen.update();
      screen.stop();
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
