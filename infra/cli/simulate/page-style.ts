/** Light and dark; every colour of text has at least 4.5 to 1 on its ground (WCAG 2.2). */
export const pageStyle = `
:root{color-scheme:light dark;--ground:#f6f7f9;--card:#fff;--text:#1b2330;--quiet:#4d596b;
--line:#d4dae3;--first:#1f5fc4;--second:#b4560f}
@media (prefers-color-scheme:dark){:root{--ground:#11151c;--card:#1a2029;--text:#e8ecf2;
--quiet:#a9b4c4;--line:#364152;--first:#7fb0ff;--second:#f0a35e}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;-webkit-text-size-adjust:100%}
main{max-width:72rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{margin:0 0 .25rem;font-size:1.75rem;line-height:1.2;overflow-wrap:anywhere}
h2{margin:0 0 .5rem;font-size:1.2rem;line-height:1.3;overflow-wrap:anywhere}
.lead{margin:0 0 1.5rem;color:var(--quiet);overflow-wrap:anywhere}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;
margin:0 0 1rem;padding:0}
.tiles div,section{background:var(--card);border:1px solid var(--line);border-radius:.5rem}
.tiles div{padding:.75rem .875rem}
.tiles dt{color:var(--quiet);font-size:.875rem}
.tiles dd{margin:0;font-size:1.25rem;font-weight:600;font-variant-numeric:tabular-nums;
overflow-wrap:anywhere}
.tiles dd small{display:block;color:var(--quiet);font-size:.8125rem;font-weight:400}
section{margin:0 0 1rem;padding:1rem}
section p{margin:0 0 .75rem;color:var(--quiet);font-size:.9375rem}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));
gap:1rem;margin:0 0 .75rem}
figure{margin:0;max-width:36rem}
figcaption{font-weight:600;font-size:.9375rem}
svg{display:block;width:100%;height:auto}
svg text{fill:var(--quiet);font:12px system-ui,-apple-system,"Segoe UI",sans-serif}
.axis{stroke:var(--quiet);stroke-width:1;fill:none}
rect.of-0,circle.of-0{fill:var(--first)}
rect.of-1,circle.of-1{fill:var(--second)}
polyline{fill:none;stroke-width:2;stroke-linejoin:round}
polyline.of-0{stroke:var(--first)}
polyline.of-1{stroke:var(--second);stroke-dasharray:5 3}
.legend{display:flex;gap:1rem;margin:0;padding:0;list-style:none;color:var(--quiet);
font-size:.875rem}
.legend li::before{content:"";display:inline-block;width:.75rem;height:.75rem;
margin-right:.375rem;border-radius:.125rem;background:var(--first)}
.legend li.of-1::before{background:var(--second)}
.scroll{overflow-x:auto}
.scroll:focus-visible{outline:.1875rem solid var(--first);outline-offset:.125rem}
table{width:100%;border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{padding:.3125rem .5rem;border-bottom:1px solid var(--line);text-align:right;
white-space:nowrap}
th:first-child,td:first-child{text-align:left;padding-left:0}
tbody th{font-weight:400;white-space:normal;overflow-wrap:anywhere;min-width:6rem}
thead th{color:var(--quiet);font-weight:600}
@media print{body{background:#fff}section,.tiles div{break-inside:avoid}}
`;
