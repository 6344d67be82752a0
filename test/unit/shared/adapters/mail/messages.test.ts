import { describe, expect, it } from 'vitest';
import { messageWriter } from '../../../../../shared/adapters/mail/messages.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';

const ready = {
  language: 'en',
  programName: 'Northwind & Friends',
  rewardName: 'Gift <b>card</b>',
  value: { amountMinor: 2500n, currency: 'EUR' },
  claimLink: new Secret('https://guerdon.example/claim/token?a=1&b=2'),
  expiresAt: instantOf(Date.parse('2027-03-01T12:00:00Z')),
};

describe('"your reward is ready"', () => {
  it('carries the claim link in both bodies, and not in the subject', () => {
    const mail = messageWriter.rewardReady(ready);
    expect(mail.subject).toBe('Your Northwind & Friends reward is ready');
    expect(mail.text).toContain('https://guerdon.example/claim/token?a=1&b=2\n');
    expect(mail.text).toContain('Gift <b>card</b>, €25.00');
    expect(mail.text).toContain('1 March 2027');
    expect(mail.html).toContain('href="https://guerdon.example/claim/token?a=1&amp;b=2"');
    expect(mail.html).toContain('Gift &lt;b&gt;card&lt;/b&gt;, €25.00');
    expect(mail.html).toContain('Northwind &amp; Friends');
  });

  it('lets nothing out of its place', () => {
    const programName = '"><script>alert(1)</script>\r\nBcc: everyone@example.com';
    const claimLink = new Secret('https://x.test/"><script>');
    const mail = messageWriter.rewardReady({ ...ready, programName, claimLink });
    expect(mail.html).not.toContain('<script>');
    expect(mail.subject).not.toMatch(/[\r\n]/);
  });
});

describe('"your points came back"', () => {
  const returned = {
    language: 'en',
    programName: 'Northwind',
    rewardName: 'Gift card',
    points: 2500n,
  };

  it('names the points', () => {
    const mail = messageWriter.pointsReturned(returned);
    expect(mail.subject).toBe('Your Northwind points came back');
    expect(mail.text).toContain('2,500 points.');
    expect(mail.html).toContain('2,500 points.');
  });

  it("uses the program's own name of the unit", () => {
    const unitNames = { one: 'mile', other: 'miles' };
    expect(messageWriter.pointsReturned({ ...returned, unitNames }).text).toContain('2,500 miles.');
  });
});
