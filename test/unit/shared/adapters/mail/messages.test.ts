import { describe, expect, it } from 'vitest';
import { messageWriter } from '../../../../../shared/adapters/mail/messages.ts';
import type { Letter, LetterContent } from '../../../../../shared/app/messages/notify-letter.ts';
import type { Face } from '../../../../../shared/domain/message/face.ts';
import { writtenLanguages } from '../../../../../shared/domain/message/language.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import { instantOf, type LocalDate } from '../../../../../shared/domain/time.ts';
import { convertedPayout, giftPayout, plainPayout } from '../../../../support/page-views.ts';

const face: Face = {
  programName: 'Northwind & Friends',
  timeZone: 'Europe/Paris',
  units: { PTS: { names: { en: { one: 'mile', other: 'miles' } } } },
};
const reward = {
  rewardName: 'Gift <b>card</b>',
  value: { amountMinor: 2500n, currency: 'EUR' },
};
const until = instantOf(Date.parse('2027-03-01T12:00:00Z'));
const link = new Secret('https://guerdon.example/claim/token?a=1&b=2');

const contents: readonly LetterContent[] = [
  { about: 'rewardReady', ...reward, link, until },
  { about: 'pointsReturned', ...reward, points: { unit: 'PTS', amount: 2500n } },
  { about: 'rewardDelayed', ...reward, promisedBy: until },
  { about: 'rewardReplaced', ...reward },
  { about: 'underReview', ...reward },
  { about: 'paymentDue', ...reward, cash: { amountMinor: 500n, currency: 'EUR' }, until },
  { about: 'payout', ...convertedPayout, promisedBy: until },
  { about: 'payoutPaid', ...convertedPayout },
  { about: 'payoutPaid', ...plainPayout },
  { about: 'payoutDelayed', ...convertedPayout, promisedBy: until },
  { about: 'payoutSentBack', ...convertedPayout },
  { about: 'payoutReview', ...giftPayout },
  {
    ...{ about: 'payoutReturned', ...convertedPayout },
    returned: { amount: { amountMinor: 4500n, currency: 'EUR' }, wasPaid: true },
  },
  {
    ...{ about: 'donationReceipt', charity: 'Food bank', givenAt: until, number: 'payout-1' },
    amount: { amountMinor: 500n, currency: 'EUR' },
  },
  {
    ...{ about: 'payoutChoice', rail: 'PayPal', isRemoved: false },
    payee: { kind: 'email', ending: 'nn' },
  },
  { about: 'payoutChoice', rail: 'PayPal', isRemoved: true },
  { about: 'rewardChanged', rewardName: 'Gift card', isGone: true },
  { about: 'rewardChanged', rewardName: 'Gift card', isGone: false },
  {
    about: 'tierChanged',
    ...{ level: 'Gold', isRaised: true },
    next: {
      level: 'Platinum',
      missing: [{ metric: 'nights', missing: 3n, atLeast: 10n }],
    },
  },
  { about: 'tierChanged', level: 'Silver', isRaised: false },
  {
    about: 'pointsExpiring',
    lots: [
      { unit: 'PTS', amount: 1n, lastDay: '2027-01-30' as LocalDate },
      { unit: 'EUR', amount: 1250n, lastDay: '2027-02-28' as LocalDate },
    ],
  },
  { about: 'choice', sender: 'Bo', count: 3, link, until },
  { about: 'choiceReopened', ...reward, sender: 'Bo', again: { link, until } },
  { about: 'choiceReopened', ...reward, sender: 'Bo' },
];

const letter = (content: LetterContent, more: Partial<Letter> = {}): Letter =>
  ({ ...content, face, language: 'en', ...more }) as Letter;

function write(about: LetterContent['about'], more: Partial<Letter> = {}) {
  const content = contents.find((each) => each.about === about);
  if (content === undefined) throw new Error(about);
  return messageWriter.write(letter(content, more));
}

describe('mails', () => {
  it.each(writtenLanguages)('say everything in %s', (language) => {
    for (const content of contents) {
      const mail = messageWriter.write(letter(content, { language }));
      for (const text of [mail.subject, mail.text, mail.html]) {
        expect(text).not.toMatch(/\{|\}|undefined|\[object|\[secret\]/);
      }
      expect(mail.subject).not.toBe('');
      expect(mail.html).toContain(`dir="${language === 'ar' ? 'rtl' : 'ltr'}"`);
      expect(mail.html).not.toContain('<b>');
    }
  });

  it('carry the link in both bodies, and never in the subject', () => {
    const mail = write('rewardReady');
    expect(mail.subject).toBe('Your Northwind & Friends reward is ready');
    expect(mail.text).toContain('https://guerdon.example/claim/token?a=1&b=2\n');
    expect(mail.text).toContain('Gift <b>card</b>, €25.00');
    expect(mail.text).toContain('1 March 2027');
    expect(mail.html).toContain('href="https://guerdon.example/claim/token?a=1&amp;b=2"');
    expect(mail.html).toContain('<bdi>Gift &lt;b&gt;card&lt;/b&gt;, €25.00</bdi>');
  });

  it('let nothing out of its place', () => {
    const programName = '"><script>alert(1)</script>\r\nBcc: everyone@example.com';
    const mail = write('rewardReady', { face: { ...face, programName } });
    expect(mail.html).not.toContain('<script>');
    expect(mail.subject).not.toMatch(/[\r\n]/);
  });

  it("use the program's own names of units, and money as money", () => {
    expect(write('pointsReturned').text).toContain('2,500 miles.');
    const { text } = write('pointsExpiring');
    expect(text).toContain('- 1 mile until 30 January 2027\n- €12.50 until 28 February 2027');
    expect(write('pointsReturned', { language: 'pl' }).text).toContain('2500 punktów');
  });

  it('name what the next level takes', () => {
    expect(write('tierChanged').subject).toBe('Your Northwind & Friends level is now Gold');
    expect(write('tierChanged').text).toContain('To reach Platinum, you still need: 3 nights.');
  });

  it('say of money how it was worked out, and of a gift what a receipt takes', () => {
    expect(write('payout').text).toContain(
      'Your payout is on its way: £38.52 (Bank account). It should reach you by 1 March 2027.\n\n' +
        '- From your wallet: €50.00\n- Gift to Food bank: €5.00\n- Exchanged: €45.00 = £38.82 ' +
        '(1\u00a0EUR = 0.862745\u00a0GBP, 20 November 2026)\n- Fee: £0.30\n- Payout: £38.52\n\n',
    );
    expect(write('payoutReturned').text).toContain('- Back in your wallet: €45.00\n- That is what');
    const receipt = write('donationReceipt');
    expect(receipt.subject).toBe('Receipt for your Northwind & Friends donation');
    expect(receipt.text).toContain(
      'You have given €5.00 to this charity: Food bank. Day of the donation: 1 March 2027.\n\n' +
        'Receipt number: payout-1',
    );
    expect(receipt.html).not.toContain('<ul');
    expect(messageWriter.write(letter({ about: 'payoutPaid', ...plainPayout })).html).not.toContain(
      '<ul',
    );
  });

  it('leave out a face value that there is none of', () => {
    const content = {
      about: 'underReview',
      rewardName: 'Visit',
      value: { amountMinor: 0n, currency: 'EUR' },
    } as const;
    expect(messageWriter.write(letter(content)).text).toContain('order: Visit.');
  });

  it('look like the program: colour, logo, support, and a way to stop them', () => {
    const brand = {
      colour: '#ffd400',
      logo: 'https://brand.example/logo.png',
      support: 'https://brand.example/help',
    };
    const unsubscribe = new Secret('https://guerdon.example/unsubscribe/token');
    const { html, text } = write('choice', { face: { ...face, brand }, unsubscribe });
    expect(html).toContain('background:#ffd400;color:#000000');
    expect(html).toContain('src="https://brand.example/logo.png" alt="Northwind &amp; Friends"');
    expect(html).toContain('https://guerdon.example/unsubscribe/token');
    expect(text).toContain('Help and contact: https://brand.example/help');
    expect(text).toContain('No more mails of this kind: https://guerdon.example/unsubscribe/token');
  });
});
