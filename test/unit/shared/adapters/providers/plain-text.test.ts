import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from '../../../../../shared/adapters/providers/plain-text.ts';

test.each([
  ['Plain words.', 'Plain words.'],
  ['<p>One</p><p>Two<br/>Three</p>', 'One\nTwo\nThree'],
  ['  <ul><li>a</li>\n\n<li>b &amp; c</li></ul>', 'a\nb & c'],
  ['See <a href="https://card.example/?a=1&b=2">the <b>terms</b></a>.', 'See the terms.'],
  ['<script>alert("x")</script>kept<style>p{}</style>', 'kept'],
  ['<SCRIPT type=x>never closed', ''],
  ['cut <a href="x', 'cut'],
  ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
  ['&lt;b&gt; &#65;&#x42;&euro;&nbsp;&reg;', '<b> AB&euro; ®'],
  ['&#0;&#xd800;&#9999999;', '\uFFFD'],
  ['<!-- said to nobody -->', ''],
])('%j reads %j', (html, text) => {
  expect(plainText(html, 100)).toBe(text);
});

test('it is no longer than asked for, and no character is cut in half', () => {
  expect(plainText('x'.repeat(50), 10)).toBe('x'.repeat(10));
  expect(plainText('abc😀', 4)).toBe('abc');
});

test('whatever comes in, no tag comes out that was one', () => {
  const pieces = fc.constantFrom('<', '>', 'b', '/', '<p>', '</p', ' ', 'a', '<script', '"', '&');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      expect(plainText(parts.join(''), 2_000)).not.toMatch(/<\/?[a-z][^>]*>/i);
    }),
    { seed: 5, numRuns: 500 },
  );
});
