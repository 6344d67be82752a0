import { join } from 'node:path';
import type { FileFolder } from '../../../../shared/ports/file-exchange.ts';
import { filesFolder } from '../../../local/stand-ins/files/file-service.ts';

/** Where a file lies in a state. */
export function filePath(directory: string, folder: FileFolder, name: string): string {
  return join(directory, filesFolder, folder, name);
}
