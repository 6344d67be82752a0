import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The first of these is there as long as somebody works on a state, the other one ever after. */
const marks = ['holder.json', join('dynamodb', 'shared-local-instance.db')];

/** Whether a folder holds a state; looks, and changes nothing there. */
export async function holdsState(directory: string): Promise<boolean> {
  const found = await Promise.all(marks.map((mark) => isFile(join(directory, mark))));
  return found.includes(true);
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
