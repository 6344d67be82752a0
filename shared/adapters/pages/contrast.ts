const light = '#ffffff';
const dark = '#000000';

/**
 * White or black, whichever is read more easily on a colour such as `#1a4fba`. The better of the
 * two never has less than 4.58 to 1 (the square root of 21), and WCAG 2.2 asks for 4.5.
 */
export function textColourOn(colour: string): string {
  return contrast(colour, light) >= contrast(colour, dark) ? light : dark;
}

/** From 1 to 21: WCAG 2.2, contrast ratio. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
