import type { Page } from 'playwright-core';

/*
 * What runs in the page is text: the types of a browser would come into the whole project with it.
 */

const colours = String.raw`
const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
const luminance = (colour) => {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const backgroundOf = (element) => {
  if (element === null) return 'rgb(255, 255, 255)';
  const colour = getComputedStyle(element).backgroundColor;
  return channels(colour)[3] === 0 ? backgroundOf(element.parentElement) : colour;
};
const contrastOf = (element) => {
  const pair = [getComputedStyle(element).color, backgroundOf(element)].map(luminance);
  return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
};
`;

const flaws = String.raw`(() => {
${colours}
const flaws = [];
const isShown = (element) => element.getClientRects().length > 0;
const root = document.documentElement;
if (root.scrollWidth > root.clientWidth) flaws.push(root.scrollWidth + ' wide');
if (root.lang === '' || root.dir === '') flaws.push('no language or direction');
if (document.querySelectorAll('h1').length !== 1) flaws.push('not one heading');

for (const element of [...document.body.querySelectorAll(':not(script)')].filter(isShown)) {
  const hasText = [...element.childNodes].some(
    ({ nodeType, textContent }) => nodeType === 3 && textContent.trim() !== '',
  );
  if (!hasText && !element.matches('textarea')) continue;
  const contrast = contrastOf(element);
  if (contrast < 4.5) flaws.push(element.tagName + ' has ' + contrast.toFixed(2) + ' to 1');
}

const used = 'a[href], button, input:not([type=hidden]), textarea, summary';
for (const element of [...document.querySelectorAll(used)].filter(isShown)) {
  const labels = [...(element.labels ?? [])].map(({ textContent }) => textContent);
  const own = element.matches('textarea') ? '' : element.textContent;
  const name = element.getAttribute('aria-label') ?? [own, ...labels].join('').trim();
  if (name === '') flaws.push(element.tagName + ' has no name');
  const { height } = element.getBoundingClientRect();
  if (element.matches('button, .action') && height < 44) flaws.push(name + ': low');
}

const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
if (new Set(ids).size !== ids.length) flaws.push('an id stands twice');
for (const attribute of ['aria-describedby', 'aria-labelledby', 'for']) {
  for (const element of document.querySelectorAll('[' + attribute + ']')) {
    const id = element.getAttribute(attribute);
    if (document.getElementById(id) === null) flaws.push(attribute + ' of nothing: ' + id);
  }
}
return flaws;
})()`;

/** What is wrong with a page for whoever reads it, uses a keyboard or has it read aloud. */
export async function flawsOf(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(flaws);
}

const focused = `(() => {
  const { activeElement } = document;
  return activeElement.id || activeElement.textContent.trim();
})()`;

/** What the tab key reaches, in its order: the id of each, or its words. */
export async function tabOrder(page: Page, steps: number): Promise<string[]> {
  const order: string[] = [];
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press('Tab');
    order.push(await page.evaluate<string>(focused));
  }
  return order;
}
