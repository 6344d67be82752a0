import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  /** Another one for other content. */
  readonly tag: string;
  readonly modifiedAt: Date;
}

/** Holds an empty file for each key that was ever written here; no key leads into it. */
const writtenFolder = '.written';

/** UTF-8, of a whole key and, as file systems have it, of each part. */
const longestKeyBytes = 1024;
const longestPartBytes = 255;

/**
 * Whether a key names a file below the folder, and one that is listed: a part that begins with a
 * dot would lead out of it, or is what this machine keeps there for itself.
 */
export function isObjectKey(key: string): boolean {
  const bytes = (text: string) => Buffer.byteLength(text);
  const isPart = (part: string) =>
    /^[^.\\\0][^\\\0]*$/.test(part) && bytes(part) <= longestPartBytes;
  return bytes(key) <= longestKeyBytes && key.split('/').every(isPart);
}

/** Objects as plain files, which anybody may put there or take. Keys have to be checked before. */
export class ObjectFolder {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** In the order of their bytes. */
  async keys(prefix: string): Promise<string[]> {
    const entries = await unlessAbsent(
      readdir(this.#directory, { recursive: true, withFileTypes: true }),
    );
    const keys = (entries ?? [])
      .filter((entry) => entry.isFile())
      .map(({ name, parentPath }) => relative(this.#directory, join(parentPath, name)))
      .map((path) => path.split(sep).join('/'));
    return keys
      .filter((key) => key.startsWith(prefix) && isObjectKey(key))
      .sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
  }

  async read(key: string): Promise<StoredObject | undefined> {
    const path = this.#pathOf(key);
    const found = await unlessAbsent(stat(path));
    if (found?.isFile() !== true) return undefined;
    const body = await unlessAbsent(readFile(path));
    if (body === undefined) return undefined;
    return { key, body, tag: tagOf(body), modifiedAt: found.mtime };
  }

  /** A reader sees the old or the new content whole. Returns its tag. */
  async write(key: string, body: Buffer): Promise<string> {
    const path = this.#pathOf(key);
    await mkdir(dirname(path), { recursive: true });
    const mark = join(this.#directory, writtenFolder, ...key.split('/'));
    const draft = join(dirname(path), `.${randomUUID()}`);
    try {
      // There are account numbers in it.
      await writeFile(draft, body, { flag: 'wx', mode: 0o600, flush: true });
      await rename(draft, path);
      await mkdir(dirname(mark), { recursive: true });
      await writeFile(mark, '');
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    return tagOf(body);
  }

  /** Keys below a prefix that are there, or that were written and have been taken away. */
  async keysEver(prefix: string): Promise<string[]> {
    const written = await new ObjectFolder(join(this.#directory, writtenFolder)).keys(prefix);
    return [...new Set([...(await this.keys(prefix)), ...written])].sort();
  }

  remove(key: string): Promise<void> {
    return rm(this.#pathOf(key), { force: true });
  }

  #pathOf(key: string): string {
    return join(this.#directory, ...key.split('/'));
  }
}

function tagOf(body: Buffer): string {
  return createHash('md5').update(body).digest('hex');
}

async function unlessAbsent<Found>(looking: Promise<Found>): Promise<Found | undefined> {
  try {
    return await looking;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
