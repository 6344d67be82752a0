import { randomUUID } from 'node:crypto';
import type { Program } from '../../../shared/domain/program/schema.ts';
import { invariant } from '../../../shared/domain/result.ts';
import { type Instant, localDateAt } from '../../../shared/domain/time.ts';
import { serve, type WireServer } from '../../local/stand-ins/wire.ts';
import { say } from '../exit.ts';
import type { Session } from '../run/session.ts';
import { ShopApi } from './shop-api.ts';
import { shopFront } from './shop-front.ts';
import { plain } from './shop-layout.ts';
import { shopOrders, spendingMembers } from './shop-members.ts';

interface ShopSample {
  readonly program: Program;
  readonly asOf: Instant;
  /** Of each member's last order. */
  readonly countries: ReadonlyMap<string, string>;
  /** Redemptions of the sample, by member. */
  readonly asked: Map<string, string[]>;
}

const maximumBodyBytes = 64 * 1024;

/** The shop front on a free port, with members who have something to spend. */
export async function openShop(session: Session, sample: ShopSample): Promise<WireServer> {
  const { program, asOf, countries, asked } = sample;
  const { stack, table } = session;
  const api = new ShopApi(stack.urls.api, program.program);
  const sent = await api.sendEvents(shopOrders(countries, asOf));
  if (sent.ok) await session.drain();
  else say(`The shop front has no orders of its own: ${sent.failure.title}`);
  const [unit] = Object.entries(program.units);
  invariant(unit !== undefined, 'A program has a unit.');
  const [code, { names }] = unit;
  const today = localDateAt(asOf, program.timeZone);
  const handler = shopFront({
    ...{ api, asked, mailUrl: stack.urls.mail, newKey: randomUUID },
    readMembers: () => spendingMembers(table.scan, countries, today),
    unit: { code, names: names.en ?? {} },
    ...{ timeZone: program.timeZone, languages: program.languages },
    countries: [...new Set(countries.values())].sort(),
    countryOf: (member) => countries.get(member),
  });
  return serve({
    ...{ handler, maximumBodyBytes, tooLarge: plain(413, 'Content Too Large') },
    onError: (error) => say(`The shop front failed: ${String(error)}`),
  });
}
