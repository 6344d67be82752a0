import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { success } from '../../domain/result.ts';
import { type LocalDate, parseLocalDate } from '../../domain/time.ts';
import {
  checkQuoted,
  faultAt,
  type Quote,
  quoted,
  RateDays,
  type RateFile,
  type RateReading,
} from './rate-day.ts';
import { TextLines } from './text-lines.ts';

const rootName = 'gesmes:Envelope';
const namespace = 'http://www.ecb.int/vocabulary/2002-08-01/eurofxref';
const place = XMLParser.getMetaDataSymbol() as symbol;

/** Attributes begin with `@`; an element with nothing in it is an empty text. */
interface Element {
  readonly [name: string | symbol]: unknown;
}

const parser = new XMLParser({
  attributeNamePrefix: '@',
  captureMetaData: true,
  ignoreAttributes: false,
  ignoreDeclaration: true,
  isArray: (name) => name === 'Cube',
  parseTagValue: false,
  processEntities: false,
});

/**
 * Reads `eurofxref-daily.xml`, `eurofxref-hist-90d.xml` and `eurofxref-hist.xml` of the European
 * Central Bank. Document types and entities are refused: the bank uses none.
 */
export function readEcbXml(text: string): RateReading<RateFile> {
  const normal = text.replace(/\r\n?/g, '\n');
  const lines = new TextLines(normal);
  const active = /<!DOCTYPE|<!ENTITY|&/i.exec(normal);
  if (active !== null) {
    const advice = 'The bank uses neither document types nor entities. Get the file again.';
    return faultAt(lines.at(active.index), advice);
  }
  const valid = XMLValidator.validate(normal);
  if (valid !== true) {
    const { line, msg } = valid.err;
    const reason = msg.replace(/\.$/, '');
    return faultAt(line, `The XML is cut off or malformed: ${reason}. Get the whole file.`);
  }
  return new EcbXml(lines).read(parser.parse(normal) as Element);
}

class EcbXml {
  readonly #lines: TextLines;

  constructor(lines: TextLines) {
    this.#lines = lines;
  }

  read(document: Element): RateReading<RateFile> {
    const [name, ...more] = Object.keys(document);
    if (name !== rootName || more.length > 0) {
      const found = more.length > 0 ? 'More than one element' : `<${name}>`;
      return faultAt(1, `${found} is no file of the bank, which is one <${rootName}>.`, name);
    }
    const envelope = document[rootName] as Element;
    const rootLine = this.#lineOf(envelope, 1);
    if (envelope['@xmlns'] !== namespace) {
      const advice = `The default namespace must be ${namespace}. Get the file of the bank.`;
      return faultAt(rootLine, advice, 'xmlns');
    }
    const outer = this.#cubes(envelope, rootLine, Object.keys(envelope));
    if (!outer.ok) return outer;
    const [all, second] = outer.value;
    if (all === undefined || second !== undefined) {
      return faultAt(rootLine, 'There must be one outermost Cube. Get the file again.', 'Cube');
    }
    const line = this.#lineOf(all, rootLine);
    const daily = this.#cubes(all, line, []);
    return daily.ok ? this.#days(daily.value, line) : daily;
  }

  #days(cubes: readonly Element[], outerLine: number): RateReading<RateFile> {
    const days = new RateDays();
    for (const cube of cubes) {
      const line = this.#lineOf(cube, outerLine);
      const date = readDate(cube['@time']);
      if (date === undefined) {
        const shown = quoted(String(cube['@time'] ?? ''));
        return faultAt(line, `There is no date ${shown}. Correct it.`, 'time');
      }
      const quotes = this.#quotes(cube, line);
      if (!quotes.ok) return quotes;
      const added = days.add(date, line, quotes.value);
      if (!added.ok) return added;
    }
    const { all } = days;
    if (all.length === 0) return faultAt(outerLine, 'There are no rates in it. Get it again.');
    return success({ source: 'ecb', days: all });
  }

  #quotes(day: Element, dayLine: number): RateReading<readonly Quote[]> {
    const cubes = this.#cubes(day, dayLine, ['@time']);
    if (!cubes.ok) return cubes;
    const quotes: Quote[] = [];
    for (const cube of cubes.value) {
      const line = this.#lineOf(cube, dayLine);
      const inner = this.#cubes(cube, line, ['@currency', '@rate']);
      if (!inner.ok) return inner;
      if (inner.value.length > 0) return faultAt(line, 'A rate holds no other Cube.', 'Cube');
      const currency = String(cube['@currency'] ?? '');
      const wrong = checkQuoted(line, currency);
      if (wrong !== undefined) return wrong;
      quotes.push({ currency, rate: String(cube['@rate'] ?? ''), line });
    }
    return success(quotes);
  }

  /** The Cubes directly in an element, which holds nothing else but what `others` names. */
  #cubes(
    parent: Element,
    parentLine: number,
    others: readonly string[],
  ): RateReading<readonly Element[]> {
    const stray = Object.keys(parent).find((name) => name !== 'Cube' && !others.includes(name));
    if (stray !== undefined) {
      const name = stray.replace('@', '');
      return faultAt(parentLine, `Nothing called ${quoted(name)} belongs here.`, name);
    }
    const cubes = (parent.Cube ?? []) as readonly unknown[];
    const isElement = (cube: unknown): cube is Element => typeof cube === 'object' && cube !== null;
    if (cubes.every(isElement)) return success(cubes);
    return faultAt(parentLine, 'A Cube in it is empty. Get the file again.', 'Cube');
  }

  #lineOf(element: Element, otherwise: number): number {
    const found = element[place] as { readonly startIndex?: number } | undefined;
    return found?.startIndex === undefined ? otherwise : this.#lines.at(found.startIndex);
  }
}

function readDate(time: unknown): LocalDate | undefined {
  return typeof time === 'string' ? parseLocalDate(time) : undefined;
}
