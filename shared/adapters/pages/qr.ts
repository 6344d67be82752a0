import { encode } from 'uqr';
import { type Html, html } from './html.ts';

/** Modules of white around the code: ISO 18004 asks for four. */
const quietModules = 4;
/** More text makes modules too small to be scanned from a screen. */
const maximumLength = 800;

/** A QR code as one path, dark on white; `undefined` for a text that is too long to be scanned. */
export function qrCode(text: string, label: string): Html | undefined {
  if (text.length > maximumLength) return undefined;
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const side = String(size + 2 * quietModules);
  const path = data
    .flatMap((row, y) =>
      row.map((isDark, x) => (isDark ? `M${x + quietModules} ${y + quietModules}h1v1h-1z` : '')),
    )
    .join('');
  return html`<svg class="qr" role="img" aria-label="${label}"
 viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">
<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${path}"/></svg>`;
}
