/** Markup that is safe to stand in a page as it is. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe as text and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Escapes every value that is not markup already. */
export function html(strings: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  const markup = strings.reduce((joined, piece, index) => {
    const value = values[index - 1] ?? '';
    return joined + (value instanceof Html ? value.markup : escapeHtml(value)) + piece;
  });
  return new Html(markup);
}

/** Parts of markup, one after the other. */
export function joined(parts: readonly Html[], separator = ''): Html {
  return new Html(parts.map(({ markup }) => markup).join(separator));
}

/** The link as it may stand in `href`, or `undefined` for any scheme but http and https. */
export function safeLink(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
