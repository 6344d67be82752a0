const lineWidth = 100;

/** JSON as the project's formatter leaves it: a list of plain values on one line where it fits. */
export function formattedJson(value: unknown): string {
  return `${written(value, '', 0)}\n`;
}

/** `taken`: columns of the line that stand before and after the value. */
function written(value: unknown, indent: string, taken: number): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    const isPlain = value.every((item) => item === null || typeof item !== 'object');
    const line = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
    if (isPlain && taken + line.length <= lineWidth) return line;
    const items = value.map((item) => `${inner}${written(item, inner, inner.length + 1)}`);
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const members = entries.map(([key, member], at) => {
    const start = `${inner}${JSON.stringify(key)}: `;
    const comma = at + 1 < entries.length ? 1 : 0;
    return `${start}${written(member, inner, start.length + comma)}`;
  });
  return `{\n${members.join(',\n')}\n${indent}}`;
}
