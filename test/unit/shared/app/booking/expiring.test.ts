import { describe, expect, it } from 'vitest';
import { expiringEvents } from '../../../../../shared/app/booking/expiring.ts';
import { noticeSchema } from '../../../../../shared/contracts/notices.ts';
import type { Entry } from '../../../../../shared/domain/ledger/entry.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';

const warning: Entry = {
  key: { at: 'event', program: 'shop', hash: 'h1', part: '0' },
  ...{ kind: 'change', program: 'shop', member: 'ann', legs: [], bodyHash: '' },
  ...{ occurredAt: instantOf(0), postedAt: instantOf(0) },
  explanation: {
    reason: 'POINTS_EXPIRE_SOON',
    inputs: { unit: 'PTS', points: '100 50', day: '2026-07-01 2026-08-01' },
  },
};

describe('a warning that points will expire', () => {
  it('is told with what goes and when, so that a message can be made of it', () => {
    const [event, ...others] = expiringEvents(warning);
    expect(others).toEqual([]);
    const notice = noticeSchema.parse({ 'detail-type': event?.type, detail: event?.detail });
    expect(notice.detail).toEqual({
      ...{ program: 'shop', member: 'ann', entry: 'h1' },
      ...{ unit: 'PTS', points: '100 50', day: '2026-07-01 2026-08-01' },
    });
  });

  it('is nothing else', () => {
    expect(expiringEvents({ ...warning, explanation: { reason: 'ENROLLED' } })).toEqual([]);
  });
});
