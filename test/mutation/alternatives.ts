import { windowKind } from '../../shared/domain/program/schema/shapes.ts';

/** One way to change a value; `undefined` takes it out of the program. */
export interface Change {
  readonly change: string;
  readonly value: unknown;
}

type Part = Readonly<Record<string, unknown>>;
type Words = readonly string[];

const anyOf =
  (...words: Words) =>
  (word: unknown): Words =>
    words.filter((other) => other !== word);

const reviews = anyOf('month', 'quarter', 'year', 'membershipYear');

/** Words that steer, by the shape of their pointer: `*` stands for a place in a list. */
const words: readonly (readonly [shape: RegExp, othersOf: (word: string) => Words])[] = [
  [/^\/period$/, anyOf('day', 'month')],
  [/^\/earning\/rules\/.*\/rounding$/, anyOf('down', 'halfUp', 'up')],
  [/^\/earning\/caps\/\*\/window$/, anyOf(...windowKind.options)],
  [/^\/earning\/caps\/\*\/per$/, anyOf('event', 'member')],
  [/^\/earning\/caps\/\*\/beyond$/, anyOf('cut', 'nothing')],
  [/^\/earning\/returns\/\*\/uncovered$/, anyOf('debt', 'case')],
  [/^\/earning\/stacking\/mode$/, anyOf('add', 'multiply', 'best')],
  [/^\/money\/walletCurrency$/, anyOf('purchase', 'program', 'member')],
  [/^\/exchanges\/\*\/rounding$/, anyOf('down', 'halfUp', 'up')],
  [/^\/metrics\/\*\/kind$/, anyOf('sum', 'average')],
  [/^\/metrics\/\*\/of$/, anyOf('amount', 'count', 'points')],
  [/^\/targets\/\*\/period$/, anyOf('month', 'quarter', 'year')],
  [/^\/targets\/\*\/award\/counts$/, anyOf('all', 'aboveGoal')],
  [/^\/tiers\/(up|down)\/every$/, reviews],
  [/^\/tiers\/down\/step$/, anyOf('one', 'all')],
  [/^\/perks\/requirement\/every$/, reviews],
  [/^\/entitlements\/[^/]+\/kind$/, (word) => (word === 'freeItem' ? ['perk'] : [])],
  [/^\/challenges\/\*\/repeat$/, anyOf('once', 'always')],
  [/^\/envelopes\/\*\/period$/, anyOf('month', 'quarter', 'year')],
  [/^\/memberships\/\*\/every$/, anyOf('month', 'year')],
  [/^\/members\/enrolment$/, anyOf('open', 'closed')],
  [/^\/members\/wallets\/[^/]+\/owner$/, anyOf('member', 'company')],
];

export function otherWords(shape: string, value: string): Change[] {
  const others = words.flatMap(([at, othersOf]) => (at.test(shape) ? othersOf(value) : []));
  return others.map((word) => ({ change: `→ ${word}`, value: word }));
}

const inMonths = ['monthsAfter', 'monthsAfterEndOfMonth', 'inactivity'] as const;

/** Forms of a part that differ in more than one word, by shape. */
const forms: readonly (readonly [shape: RegExp, formsOf: (part: Part) => readonly Change[]])[] = [
  [/^\/earning$/, stackings],
  [/^\/earning\/caps\/\*$/, capScopes],
  [/^\/expiry\/\*$/, expiries],
  [/^\/tiers\/window$/, tierWindows],
  [/^\/tiers\/up$/, ({ when }) => (when === 'now' ? [monthly] : [{ change: '→ now', value: now }])],
  [/^\/tiers\/down$/, ({ when }) => (when === 'never' ? [yearly] : [never])],
  [/^\/tiers\/down$/, otherReviews],
];

const now = { when: 'now' };
const monthly = { change: '→ monthly', value: { when: 'review', every: 'month' } };
const yearly = { change: '→ yearly', value: { when: 'review', every: 'year', step: 'all' } };
const never = { change: '→ never', value: { when: 'never' } };

export function otherForms(shape: string, part: Part): Change[] {
  return forms.flatMap(([at, formsOf]) => (at.test(shape) ? formsOf(part) : []));
}

/** Where a program leaves the mode to the default, though there may be two percentages to stack. */
function stackings(earning: Part): Change[] {
  const { stacking, multipliers, promotions } = earning;
  const both = [multipliers, promotions].flatMap((list) => (Array.isArray(list) ? list : []));
  const stacked = both.filter((each) => 'percent' in each || 'tierPercents' in each);
  if (stacking !== undefined || stacked.length < 2) return [];
  const order = ['tier', 'segment', 'window', 'promotion'];
  return ['multiply', 'best'].map((mode) => ({
    change: `stacking → ${mode}`,
    value: { ...earning, stacking: { order, mode } },
  }));
}

/** A cap per member has a window, one per event has none. */
function capScopes({ window, ...cap }: Part): Change[] {
  const other = cap.per === 'event' ? { per: 'member', window: 'day' } : { per: 'event' };
  return [{ change: `→ per ${other.per}`, value: { ...cap, ...other } }];
}

/** A yearly review has a day, another one none. */
function otherReviews({ on, ...down }: Part): Change[] {
  if (on === undefined) return [];
  return reviews(down.every).map((every) => ({ change: `→ ${every}`, value: { ...down, every } }));
}

function expiries(part: Part): Change[] {
  const { kind, activity: _, quarters, years, ...others } = part;
  const to = (other: string, figures: object) => ({
    change: `→ ${other}`,
    value: { ...others, kind: other, ...figures },
  });
  if (kind === 'endOfQuarter') return [to('endOfYear', { years: quarters })];
  if (kind === 'endOfYear') return [to('endOfQuarter', { quarters: years })];
  if (!inMonths.some((each) => each === kind)) return [];
  return inMonths.filter((each) => each !== kind).map((other) => to(other, {}));
}

function tierWindows({ kind }: Part): Change[] {
  const years = anyOf('calendarYear', 'membershipYear')(kind);
  const rolling = { change: '→ rolling 12', value: { kind: 'rolling', months: 12 } };
  const others = years.map((other) => ({ change: `→ ${other}`, value: { kind: other } }));
  return kind === 'rolling' ? others : [...others, rolling];
}

/** What steers also where a program leaves it out, with what it then is. */
const unsaid: readonly (readonly [shape: RegExp, said: (part: Part) => Part])[] = [
  [/^$/, () => ({ period: 'day', members: {} })],
  [/^\/money$/, () => ({ staleDays: 7 })],
  [/^\/exchanges\/\*$/, () => ({ rounding: 'down' })],
  [/^\/members$/, () => ({ enrolment: 'open' })],
  [/^\/earning\/returns\/\*$/, () => ({ uncovered: 'debt' })],
  // Of points some may fit; a time fits, or does not.
  [/^\/earning\/caps\/\*$/, ({ points }) => (points === undefined ? {} : { beyond: 'cut' })],
  [/^\/metrics\/\*$/, () => ({ kind: 'sum' })],
  [/^\/challenges\/\*$/, () => ({ approval: false })],
];

/** A part that says what it would otherwise leave to the defaults. */
export function saidWhole(shape: string, part: Part): Part {
  const said = unsaid.map(([at, saidOf]) => (at.test(shape) ? saidOf(part) : {}));
  return Object.assign({}, ...said, part);
}
