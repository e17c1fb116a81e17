// The one style sheet of a report: light and dark, wide and narrow, screen and paper. No fonts or images from elsewhere.

import { type Markup, trusted } from './markup.js'

const COLORS_LIGHT = `--paper:#f7f6f2;--card:#fff;--ink:#1b2330;--soft:#5b6675;--line:#e2e0d8;--kept:#2b6cb0;--missed:#d9694c;
--missed-soft:#efc0b2;--dot1:#5b93cf;--dot2:#e0a340;--dot3:#d9694c;--area:#2b6cb022;--heat:#c8472b;--good:#2f7d4f;--bad:#b8432a`
const COLORS_DARK = `--paper:#12161c;--card:#1a2029;--ink:#e8ebf0;--soft:#9aa6b5;--line:#2c3541;--kept:#6aa9ec;--missed:#e5805f;
--missed-soft:#7a4537;--dot1:#4f84bd;--dot2:#e0b05a;--dot3:#ee8f70;--area:#6aa9ec2b;--heat:#f08060;--good:#7bcf9c;--bad:#f0937a`

const TEXT = `
:root{color-scheme:light dark;${COLORS_LIGHT}}
@media (prefers-color-scheme:dark){:root{${COLORS_DARK}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-width:1120px;margin:0 auto;padding:40px 24px 64px}
header{margin-bottom:28px}
h1{font-size:30px;line-height:1.2;letter-spacing:-.015em;margin:0 0 6px;text-wrap:balance}
h2{font-size:20px;line-height:1.3;margin:0 0 4px}
h3{font-size:15px;margin:0 0 10px;font-weight:600}
p{margin:0 0 12px;max-width:74ch}
.sub,.lead{color:var(--soft)}
.lead{margin-bottom:18px}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:24px;margin:0 0 20px;break-inside:avoid-page}
section.long{break-inside:auto}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:0 0 20px;padding:0;list-style:none}
.tiles li{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px 18px}
.tiles b{display:block;white-space:nowrap;font-size:27px;line-height:1.2;letter-spacing:-.02em;font-variant-numeric:tabular-nums;font-weight:650}
.tiles span{color:var(--soft);font-size:13.5px}
.tiles .good b{color:var(--good)} .tiles .bad b{color:var(--bad)}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:20px 28px;align-items:start}
figure{margin:0;min-width:0}
.charts figure{max-width:440px}
svg{display:block;width:100%;height:auto;max-width:100%;overflow:visible}
.why{min-width:270px}
.narrow{display:none}
svg text{fill:var(--ink);font-size:12.5px;font-family:inherit;font-variant-numeric:tabular-nums}
svg text.small{fill:var(--soft);font-size:11px}
svg text.figure{font-weight:600}
svg text.panel{font-weight:600;font-size:13px}
.kept{fill:var(--kept)}.missed{fill:var(--missed)}.none{fill:var(--line)}.hover{fill:transparent}
svg .missed[width]{fill:var(--missed)}
.grid{stroke:var(--line);stroke-width:1}
.range{stroke:var(--soft);stroke-width:2;opacity:.45}
.dot{stroke:var(--card);stroke-width:1.5}.d0{fill:var(--kept)}.d1{fill:var(--dot1)}.d2{fill:var(--dot2)}.d3{fill:var(--dot3)}
.area{fill:var(--area)}.curve{fill:none;stroke:var(--kept);stroke-width:2;stroke-linejoin:round}
.heat{fill:var(--heat)}.h0{fill:var(--line);fill-opacity:.55}.h1{fill-opacity:.16}.h2{fill-opacity:.32}.h3{fill-opacity:.48}.h4{fill-opacity:.64}.h5{fill-opacity:.82}.h6{fill-opacity:1}
.legend{display:flex;flex-wrap:wrap;gap:5px 6px;align-items:center;color:var(--soft);font-size:13px;margin:14px 0 0}
.swatch{width:16px;height:12px;border-radius:3px;background:var(--heat)}
.swatch.h0{background:var(--line)}.swatch.h1{opacity:.16}.swatch.h2{opacity:.32}.swatch.h3{opacity:.48}.swatch.h4{opacity:.64}.swatch.h5{opacity:.82}
.swatch.k{background:var(--kept)}.swatch.m{background:var(--missed)}.swatch.d1{background:var(--dot1)}.swatch.d2{background:var(--dot2)}.swatch.d3{background:var(--dot3)}
.legend .swatch.round{width:11px;height:11px;border-radius:50%}
.scroll{overflow-x:auto;margin:0 -4px;padding:0 4px}
table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);font-size:13px;padding:0 0 6px}
th,td{text-align:left;padding:7px 12px 7px 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;color:var(--soft);font-size:13px;white-space:nowrap}
tbody th{color:var(--ink);font-size:14px;font-weight:500;white-space:normal}
td.n,th.n{text-align:right;white-space:nowrap}
.legend+.scroll,.legend+figure,.scroll+.scroll{margin-top:22px}
.date{white-space:nowrap}
td:last-child,th:last-child{padding-right:0}
tr:last-child>*{border-bottom:0}
details{margin:12px 0 0}
summary{cursor:pointer;color:var(--soft);font-size:13.5px}
summary:hover{color:var(--ink)}
td details{margin:4px 0 0}
table.mini{font-size:12.5px;margin:10px 0 4px;background:var(--paper);border-radius:8px}
.mini caption{padding:6px 10px 2px}.mini th,.mini td{padding:3px 10px;border-bottom:0}.mini th{font-size:12px}
td .mini td:last-child,td .mini th:last-child{padding-right:10px}
pre{overflow-x:auto;font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:12px;margin:8px 0 0;max-height:460px}
ul.plain{margin:0;padding-left:20px;max-width:80ch}
ul.plain li{margin:0 0 8px}
.confusion td.hit{font-weight:600;color:var(--good)}.confusion td.off{font-weight:600;color:var(--bad)}
.finding{border-left:3px solid var(--kept);padding:2px 0 2px 14px;margin:0 0 12px;max-width:80ch}
footer{color:var(--soft);font-size:13px}
@media (max-width:640px){.wide{display:none}.narrow{display:block}main{padding:24px 14px 40px}section{padding:18px 14px}h1{font-size:25px}.tiles{grid-template-columns:1fr 1fr}.tiles li{padding:13px 14px}.tiles b{font-size:22px}
.cards,.cards>tbody,.cards>tbody>tr,.cards>tbody>tr>*,.cards>caption{display:block}.cards>thead{display:none}.cards>tbody>tr{border-bottom:1px solid var(--line);padding:8px 0}.cards>tbody>tr>*{border:0;padding:2px 0;text-align:left}.cards>tbody>tr>td[data-name]::before{content:attr(data-name) ": ";color:var(--soft)}.cards>tbody>tr>td:last-child::before{content:none}.cards br{display:none}.cards .sub::before{content:" "}.why{min-width:0}}
@media print{:root{${COLORS_LIGHT}}body{background:#fff;font-size:12px}main{max-width:none;padding:0}section,.tiles li{border-color:#ccc}
pre{max-height:none;white-space:pre-wrap}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}details.data::details-content{content-visibility:visible;height:auto}}
`

/** The style sheet, less its line breaks. */
export const STYLE: Markup = trusted(TEXT.replace(/\n/g, ''))
