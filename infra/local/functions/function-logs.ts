export type FunctionLogListener = (name: string, record: Record<string, unknown>) => void;

/** Hands on what functions print: JSON objects to listeners, everything to `echo`. */
export class FunctionLogs {
  readonly #listeners = new Set<FunctionLogListener>();
  readonly #echo: ((line: string) => void) | undefined;

  constructor(echo: ((line: string) => void) | undefined) {
    this.#echo = echo;
  }

  listen(listener: FunctionLogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `text` holds whole lines, as loggers write them. */
  print(functionName: string, text: string): void {
    if (this.#listeners.size === 0 && this.#echo === undefined) return;
    for (const line of text.split('\n')) {
      if (line === '') continue;
      this.#echo?.(`${functionName}: ${line}`);
      const record = line.startsWith('{') ? parseObject(line) : undefined;
      if (record === undefined) continue;
      for (const listener of this.#listeners) listener(functionName, record);
    }
  }
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
