import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/**
 * Text that tells a living process from a later one with the same id: when it was started.
 * Undefined where no process has the id.
 */
export function processMark(pid: number): string | undefined {
  try {
    return existsSync('/proc/self/stat') ? startTicks(pid) : startDate(pid);
  } catch {
    return undefined;
  }
}

/** The command's name, in parentheses, may hold anything; the fields behind it are numbers. */
function startTicks(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  // A zombie has ended; only its parent has not asked yet.
  return state === 'Z' || state === 'X' ? undefined : fields[19];
}

function startDate(pid: number): string | undefined {
  const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return text.trim() || undefined;
}
