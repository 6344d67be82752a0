import { refusalSentences } from '../../../shared/domain/refusal.ts';
import { say } from '../exit.ts';

/** A line of a file that was refused; `code` may be one that only the API knows. */
export interface RefusedLine {
  readonly line: number;
  readonly id: string | undefined;
  readonly code: string;
  readonly field: string | undefined;
}

/** Says of each refused line its code, as JSON, and before the first of a code its sentence. */
export class RefusedLines {
  readonly #explained = new Set<string>();

  tell({ line, id, code, field }: RefusedLine): void {
    if (!this.#explained.has(code)) this.#explain(code);
    say(JSON.stringify({ line, id: id ?? null, code, field: field ?? null }));
  }

  #explain(code: string): void {
    this.#explained.add(code);
    const sentence = Object.entries(refusalSentences).find(([known]) => known === code)?.[1];
    if (sentence !== undefined) say(`${code}: ${sentence}`);
  }
}
