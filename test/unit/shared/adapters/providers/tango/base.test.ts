import { expect, test } from 'vitest';
import { checkedBase } from '../../../../../../shared/adapters/providers/tango/base.ts';

test.each([
  ['https://api.tangocard.com/raas/v2', 'https://auth.tangocard.com/oauth/token'],
  [
    'https://integration-api.tangocard.com/raas/v2/',
    'https://sandbox-auth.tangocard.com/oauth/token',
  ],
  ['http://127.0.0.1:8080/raas/v2', 'http://127.0.0.1:8080/raas/v2/oauth/token'],
  ['http://[::1]:8080/raas/v2', 'http://[::1]:8080/raas/v2/oauth/token'],
])('%s gets its tokens at %s', (baseUrl, tokenUrl) => {
  const spacingMs = baseUrl.startsWith('https') ? 1_000 : 0;
  const base = baseUrl.replace(/\/$/, '');
  expect(checkedBase(baseUrl)).toEqual({ base, tokenUrl, spacingMs });
});

test.each([
  'https://api.tangocard.com.example/raas/v2',
  'https://api.tangocard.com/raas/v1',
  'http://api.tangocard.com/raas/v2',
  'https://canary:canary@api.tangocard.com/raas/v2',
  'https://api.tangocard.com/raas/v2?x=1',
  'http://127.0.0.1.example/raas/v2',
  'ftp',
])('%s is neither', (baseUrl) => {
  expect(() => checkedBase(baseUrl)).toThrow(/Tango base/);
});
