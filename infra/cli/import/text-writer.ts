import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

const flushAtCharacters = 65_536;

/** Writes text to a new file in large pieces; the file is on the disk when `close` returns. */
export class TextWriter {
  readonly #descriptor: number;
  #pieces: string[] = [];
  #characters = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'wx', 0o644);
  }

  write(text: string): void {
    this.#pieces.push(text);
    this.#characters += text.length;
    if (this.#characters >= flushAtCharacters) this.#flush();
  }

  #flush(): void {
    const bytes = Buffer.from(this.#pieces.join(''), 'utf8');
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
    this.#pieces = [];
    this.#characters = 0;
  }

  close(options: { readonly isDurable: boolean }): void {
    try {
      this.#flush();
      if (options.isDurable) fsyncSync(this.#descriptor);
    } finally {
      closeSync(this.#descriptor);
    }
  }
}
