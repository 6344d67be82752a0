import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface WatchedProcess {
  /** Process that watches; it ends after the process that it watches. */
  readonly pid: number;
  /** Settles when the process is gone, with the last 4,000 characters that it printed to stderr. */
  readonly ended: Promise<string>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the command given as arguments, and ends it once standard input closes: first the time
 * `$0` in seconds to finish what it has accepted, then SIGTERM, and at last SIGKILL.
 */
const watchdog = `
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
(
  while read -r line <&3; do :; done
  sleep "$0"
  kill -TERM "$child" 2>/dev/null
  for second in 1 2 3 4 5; do
    kill -0 "$child" 2>/dev/null || exit 0
    sleep 1
  done
  kill -KILL "$child" 2>/dev/null
) >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$child"
kill "$watcher" 2>/dev/null
`;

const keptCharacters = 4000;

/**
 * Runs a command that dies with this process, also when this one is killed outright: the end of a
 * pipe tells a small shell, since nothing else outlives a SIGKILL. It runs in a session of its
 * own, where Ctrl-C does not reach it before this process has put its work away.
 * `graceSeconds` is how long it may still work when it is to end.
 */
export function startWatched(
  command: string,
  argumentList: readonly string[],
  { graceSeconds, cwd }: { graceSeconds: number; cwd: string },
): WatchedProcess {
  const child = spawn('/bin/sh', ['-c', watchdog, String(graceSeconds), command, ...argumentList], {
    cwd,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const ended = untilEnded(child);
  child.stdin?.on('error', () => undefined);
  return {
    pid: child.pid ?? 0,
    ended,
    stop: async () => {
      child.stdin?.end();
      await ended;
    },
  };
}

async function untilEnded(child: ChildProcess): Promise<string> {
  let printed = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    printed = (printed + text).slice(-keptCharacters);
  });
  await once(child, 'exit');
  return printed;
}
