import { isFileName } from '../../domain/payout/file-name.ts';
import { invariant } from '../../domain/result.ts';
import type { FileExchange, FileFolder } from '../../ports/file-exchange.ts';

/** Files by folder and name, each with how many there have been under that name. */
export class MemoryFiles {
  readonly #files = new Map<string, { readonly bytes: Uint8Array; readonly version: string }>();
  readonly #dropped = new Map<string, string>();
  #versions = 0;

  /** As others do, who may call a file what they like. */
  drop(folder: FileFolder, name: string, content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.#versions += 1;
    this.#files.set(`${folder}/${name}`, { bytes, version: `${this.#versions}` });
    this.#dropped.set(`${folder}/${name}`, new TextDecoder().decode(bytes));
  }

  take(folder: FileFolder, name: string): void {
    this.#files.delete(`${folder}/${name}`);
  }

  /** The last text that there was under a name, whoever has taken it since. */
  dropped(folder: FileFolder, name: string): string | undefined {
    return this.#dropped.get(`${folder}/${name}`);
  }

  found(folder: FileFolder, name: string) {
    return this.#files.get(`${folder}/${name}`);
  }

  text(folder: FileFolder, name: string): string | undefined {
    const found = this.found(folder, name);
    return found && new TextDecoder().decode(found.bytes);
  }

  names(folder: FileFolder): string[] {
    const prefix = `${folder}/`;
    const keys = [...this.#files.keys()].filter((key) => key.startsWith(prefix));
    return keys.map((key) => key.slice(prefix.length)).sort();
  }
}

export function createMemoryFileExchange(
  files: MemoryFiles,
  largestBytes = Number.POSITIVE_INFINITY,
): FileExchange {
  return {
    async *names(folder) {
      yield* files.names(folder);
    },
    async read(folder, name) {
      requireName(name);
      const found = files.found(folder, name);
      if (found === undefined) return 'gone';
      return found.bytes.length > largestBytes ? 'tooLarge' : { folder, name, ...found };
    },
    async put(folder, name, content) {
      requireName(name);
      files.drop(folder, name, content);
    },
    async putOnce(folder, name, content) {
      requireName(name);
      const before = files.dropped(folder, name);
      if (before === undefined) files.drop(folder, name, content);
      else if (before !== content) throw new Error('Another file had this name.');
    },
    async remove({ folder, name, version }) {
      if (files.found(folder, name)?.version === version) files.take(folder, name);
    },
  };
}

function requireName(name: string): void {
  invariant(isFileName(name), 'A file of this name is not exchanged.');
}
