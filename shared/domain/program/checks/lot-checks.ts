import type { Finding, Program } from '../schema.ts';
import { findingAt } from './places.ts';

/** Warnings, extensions and conversions that could never do anything. */
export function lotFindings({ expiry, conversions }: Program): Finding[] {
  const idle = expiry.flatMap((rule, index) => {
    const path = ['expiry', index];
    const { kind, warnDays = [], extendDays } = rule;
    if (kind === 'never') {
      const keys = [...(warnDays.length > 0 ? ['warnDays'] : [])];
      if (extendDays !== undefined) keys.push('extendDays');
      return keys.map((key) =>
        findingAt([...path, key], 'has no meaning where points never expire: leave it out'),
      );
    }
    if (kind !== 'daysAfter') return [];
    return warnDays.flatMap((days, at) => {
      if (days < rule.days) return [];
      const message = `must be less than ${rule.days}: points live only so many days`;
      return [findingAt([...path, 'warnDays', at], message)];
    });
  });
  const circular = conversions.flatMap(({ from, to }, index) =>
    from === to ? [findingAt(['conversions', index, 'to'], `is ${from}, as \`from\` is`)] : [],
  );
  return [...idle, ...circular];
}
