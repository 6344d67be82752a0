/** A piece of XML in elements only, ready to be put into another. */
declare const xmlBrand: unique symbol;
export type Xml = string & { readonly [xmlBrand]: true };

const named: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' },
};

/** An element with text in it, which is escaped. */
export function leaf(name: string, text: string, attributes: Attributes = {}): Xml {
  return xml(`<${name}${written(attributes)}>${escaped(text)}</${name}>`);
}

/** An element with others in it, in the order given; what is absent is left out. */
export function parent(
  name: string,
  children: readonly (Xml | undefined)[],
  attributes: Attributes = {},
): Xml {
  return xml(`<${name}${written(attributes)}>${children.join('')}</${name}>`);
}

export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

type Attributes = Readonly<Record<string, string>>;

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => named[character] ?? character);
}

function xml(text: string): Xml {
  return text as Xml;
}
