import { maximumBodyBytes } from '../../../shared/contracts/body.ts';
import { readCustomerEvent } from '../../../shared/contracts/events.ts';
import { readLines } from '../run/read-lines.ts';

/** The country of each member's last order in the file, where it names one. */
export async function lastCountries(eventsPath: string): Promise<Map<string, string>> {
  const countries = new Map<string, string>();
  for await (const { text } of readLines(eventsPath, maximumBodyBytes)) {
    const read = text === undefined ? undefined : readEvent(text);
    if (read?.country !== undefined) countries.set(read.member, read.country);
  }
  return countries;
}

function readEvent(line: string) {
  try {
    const read = readCustomerEvent(JSON.parse(line));
    return read.ok ? read.value.event : undefined;
  } catch {
    return undefined;
  }
}
