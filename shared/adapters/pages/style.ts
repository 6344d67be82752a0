import { textColourOn } from './contrast.ts';

/** 7.3 to 1 on white: above the 4.5 that WCAG 2.2 asks of text. */
export const accentColour = '#1a4fba';

/** Sets a button or a bar off from white where the brand's own colour would not be seen on it. */
const edge = '#4b5563';

/** The one style sheet of a page, in the colour of the brand. */
export function styleOf(colour: string = accentColour): string {
  return `
*{box-sizing:border-box}
html{color-scheme:light}
body{margin:0;background:#f3f4f6;color:#1f2937;font:1.0625rem/1.5 system-ui,sans-serif}
main{max-width:30rem;margin:0 auto;padding:1.5rem 1rem 3rem}
main.wide{max-width:42rem}
article{background:#fff;border-top:.375rem solid ${colour};border-radius:.5rem;padding:1.5rem;
box-shadow:0 .0625rem .25rem #0000001f}
.brand{margin:0 0 1rem;font-weight:600;overflow-wrap:anywhere}
.brand img{display:block;max-width:12rem;max-height:3rem}
h1{margin:0 0 .75rem;font-size:1.5rem;line-height:1.25}
article>:last-child{margin-bottom:0}
h2{margin:2rem 0 .5rem;font-size:1.125rem;line-height:1.25}
p{margin:0 0 1rem}
p,li,td,legend,label{overflow-wrap:anywhere}
ul{margin:0 0 1rem;padding:0;list-style:none}
li{padding:.5rem 0;border-bottom:1px solid #d1d5db}
label,legend{font-weight:600}
.field{margin:0 0 1rem}
.field label{display:block;margin-bottom:.25rem}
.row{display:flex;flex-wrap:wrap;gap:.5rem}
textarea{flex:1 1 12rem;min-width:0;width:100%;min-height:3rem;padding:.75rem;resize:none;
border:1px solid ${edge};border-radius:.375rem;background:#fff;color:#111827;overflow-wrap:anywhere;
field-sizing:content;font:1.125rem/1.4 ui-monospace,monospace}
fieldset{margin:0 0 1rem;padding:0;border:0}
legend{padding:0;margin-bottom:.5rem}
.offer{display:flex;gap:.75rem;align-items:flex-start;padding:.75rem;margin:0 0 .5rem;
border:1px solid ${edge};border-radius:.375rem}
.offer:has(:checked){outline:.125rem solid ${edge};background:#f9fafb}
.offer input{margin:.25rem 0 0;width:1.25rem;height:1.25rem;flex:none;accent-color:${edge}}
.offer div{min-width:0}
.offer label{cursor:pointer}
.value{display:block;font-weight:400}
details{color:#4b5563;font-size:.9375rem}
summary{cursor:pointer;padding:.25rem 0}
.problem{padding:.75rem;border-inline-start:.25rem solid #b91c1c;background:#fef2f2;color:#7f1d1d}
.hint{color:#4b5563;font-size:.9375rem}
.held{margin:0 0 1rem}
.held p{margin:0}
.figure{font-size:1.375rem;font-weight:600;margin:0}
.action,.copy{border:1px solid ${edge};border-radius:.375rem;cursor:pointer;
font:600 1.0625rem/1.4 system-ui,sans-serif;text-align:center;text-decoration:none}
.action{display:block;width:100%;min-height:3rem;margin:0 0 1rem;padding:.75rem 1rem;
background:${colour};color:${textColourOn(colour)}}
.copy{min-height:3rem;padding:.5rem 1rem;background:#fff;color:#1f2937}
.copy[hidden]{display:none}
.qr{display:block;width:11rem;max-width:100%;height:auto;margin:0 auto .5rem}
figure{margin:0 0 1rem;text-align:center}
progress{width:100%;height:.75rem;accent-color:${edge}}
table{width:100%;margin:0 0 1rem;border-collapse:collapse;font-size:.9375rem}
th,td{padding:.5rem .25rem;text-align:start;vertical-align:top;border-bottom:1px solid #d1d5db}
td.number,th.number{text-align:end;width:1%;overflow-wrap:normal}
td.day{white-space:nowrap}
a{color:#1f2937}
a.action{color:${textColourOn(colour)}}
footer{margin-top:1rem;font-size:.9375rem}
:focus-visible{outline:.1875rem solid #111827;outline-offset:.1875rem}
@media print{body{background:#fff}main{margin:0;padding:0}
article{border:0;box-shadow:none;padding:0}.action,.copy,footer,.screen{display:none}}
`;
}
