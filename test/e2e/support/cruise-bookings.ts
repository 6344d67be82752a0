interface Booking {
  readonly cabin: string;
  readonly claimedAt?: string;
  readonly paidAt?: string;
}

const made = '2026-01-10T10:00:00-05:00';
const inTime = '2026-04-10T23:59:59-04:00';
const tooLate = '2026-04-11T00:00:00-04:00';
const final = '2026-04-20T09:00:00-04:00';
const whole = { claimedAt: inTime, paidAt: final };

const agents: Readonly<Record<string, readonly Booking[]>> = {
  // A thousand and fifteen hundred, by what was sold: just enough.
  'agent-us': [
    { cabin: 'veranda', ...whole },
    { cabin: 'suite', ...whole },
  ],
  'agent-gb': [
    { cabin: 'veranda', ...whole },
    { cabin: 'suite', ...whole },
    { cabin: 'inside', ...whole },
  ],
  'agent-low': [
    { cabin: 'ocean-view', ...whole },
    { cabin: 'suite', ...whole },
  ],
  'agent-late': [{ cabin: 'suite', claimedAt: tooLate, paidAt: final }],
  'agent-unclaimed': [{ cabin: 'suite', paidAt: final }],
  'agent-open': [{ cabin: 'suite', claimedAt: inTime }],
};

function eventsOf(member: string, bookings: readonly Booking[]): object[] {
  return bookings.flatMap(({ cabin, claimedAt, paidAt }, index) => {
    const id = `${member}-${index}`;
    const event = (type: string, occurredAt: string, rest: object) => ({
      ...{ source: 'cruises', member, id: `${id}-${type}`, type: `booking.${type}` },
      ...{ occurredAt, amountMinor: '250000', currency: 'USD', ...rest },
    });
    const refersTo = { source: 'cruises', id: `${id}-made` };
    return [
      event('made', made, { data: { cabin } }),
      ...(claimedAt === undefined ? [] : [event('claimed', claimedAt, { refersTo })]),
      ...(paidAt === undefined ? [] : [event('final_payment', paidAt, { refersTo })]),
    ];
  });
}

/** What Celebrity Rewards is told of all of them. */
export function bookingEvents(): object[] {
  return Object.entries(agents).flatMap(([member, bookings]) => eventsOf(member, bookings));
}
