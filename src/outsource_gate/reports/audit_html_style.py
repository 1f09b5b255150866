"""How does the audit's page look? On a screen, a phone and paper, light and dark; colour never speaks alone."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --bg: #fff; --fg: #1b1f24; --dim: #57606a; --line: #d0d7de; --panel: #f6f8fa;
  --good: #0b6b3a; --warn: #8a5a00; --bad: #b3261e; --fill-good: #2f8f5b; --fill-warn: #c98a1b; --fill-bad: #c7362c;
  --link: #0a4fa8; }
@media (prefers-color-scheme: dark) { :root { --bg: #0f1419; --fg: #e6e9ec; --dim: #a3adb8; --line: #39424c;
  --panel: #182028; --good: #6fd49b; --warn: #f0bd5c; --bad: #ff938a; --fill-good: #3fa76f; --fill-warn: #d79a2e;
  --fill-bad: #e5584d; --link: #8fbcff; } }
* { box-sizing: border-box; }
html { scroll-behavior: auto; -webkit-text-size-adjust: 100%; }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--fg); background: var(--bg); margin: 0 auto;
  max-width: 70rem; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p { margin: .5rem 0; overflow-wrap: anywhere; }
a { color: var(--link); }
code, .t { font: .9em/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
.dim, footer, .y { color: var(--dim); }
.calm { color: var(--good); }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--bg); padding: .25rem .5rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.verdict { font-size: 1.6rem; line-height: 1.3; font-weight: 600; margin: 1.25rem 0 1rem; }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
.tiles { list-style: none; display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .75rem;
  margin: 0; padding: 0; }
.tiles a { display: block; height: 100%; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 6px;
  background: var(--panel); color: inherit; text-decoration: none; border-top: 4px solid var(--line); }
.tiles a:hover { border-color: currentColor; }
.tiles a.good { border-top-color: var(--fill-good); } .tiles a.bad { border-top-color: var(--fill-bad); }
.tiles strong { display: block; font-size: 2rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tiles a.bad strong { color: var(--bad); } .tiles a.good strong { color: var(--good); }
.tiles span { color: var(--fg); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 1.5rem; }
figure { margin: 0; }
figure.timeline { max-width: 52rem; }
figcaption { font-weight: 600; margin-bottom: .25rem; }
svg { max-width: 100%; }
figure > svg, figure > .wide > svg { display: block; width: 100%; height: auto; }
figure.timeline svg[role] { min-width: 36rem; }
svg text { font: 13px system-ui, sans-serif; fill: var(--dim); }
rect.good, circle.good, .mark.good { fill: var(--fill-good); }
rect.warn, .mark.warn { fill: var(--fill-warn); }
circle.bad, .ground { fill: var(--fill-bad); } rect.bad { fill: url(#hatch); }
.stripe { stroke: var(--bg); stroke-width: 1.5; }
.mark.bad { stroke: var(--fill-bad); stroke-width: 3; fill: none; }
.grid { stroke: var(--line); } .today { stroke: var(--dim); stroke-dasharray: 4 3; }
.line { stroke: var(--dim); stroke-width: 2; fill: none; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: .5rem 0; }
.wide { overflow-x: auto; margin: .5rem 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .4rem .9rem .4rem 0;
  border-bottom: 1px solid var(--line); }
thead th { color: var(--dim); font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 500; min-width: 9rem; overflow-wrap: anywhere; }
td.n, th.n { text-align: right; } td.n { white-space: nowrap; }
td, td code { overflow-wrap: normal; }
.k { white-space: nowrap; font-weight: 600; }
.list { list-style: none; margin: 0; padding: 0; }
.list > li { border-bottom: 1px solid var(--line); }
.list summary { display: grid; grid-template-columns: 1rem 13rem 6.5rem 1fr auto; gap: 0 .75rem;
  padding: .45rem .25rem; cursor: pointer; align-items: baseline; }
.list summary::before { content: "\\25b8"; color: var(--dim); }
.list details[open] > summary::before { content: "\\25be"; }
.list summary::-webkit-details-marker { display: none; }
.list summary:hover, summary:hover { background: var(--panel); }
.w, .y { overflow-wrap: anywhere; }
.y { grid-column: 2 / -1; } .y:empty { display: none; }
time, .nb { white-space: nowrap; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: 7rem 1fr; gap: .2rem .75rem; margin: 0; padding: .25rem 0 .9rem 2rem; }
dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
summary { cursor: pointer; padding: .3rem 0; }
.find { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; }
.find label { display: grid; gap: .15rem; color: var(--dim); font-size: .9rem; }
.find select, .find input, button { font: inherit; font-size: 1rem; color: var(--fg); background: var(--bg);
  border: 1px solid var(--dim); border-radius: 4px; padding: .35rem .5rem; min-height: 2.5rem; max-width: 17rem; }
button { cursor: pointer; padding: .35rem 1rem; margin-top: .75rem; }
[hidden] { display: none !important; }
.paper { display: none; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .75rem; font-size: .9rem; }
@media (max-width: 40rem) {
  .verdict { font-size: 1.3rem; }
  .tiles { grid-template-columns: 1fr 1fr; }
  .tiles a { padding: .5rem .75rem; } .tiles strong { font-size: 1.6rem; }
  .list summary { display: flex; flex-wrap: wrap; position: relative; padding: .6rem 0 .6rem 1.5rem; }
  .list summary::before { position: absolute; left: .25rem; }
  .list summary .t { flex: 1 0 55%; } .list summary .w { flex: 1 1 40%; } .list summary .y { flex: 1 1 100%; }
  dl { grid-template-columns: 4.75rem 1fr; padding-left: 1.5rem; font-size: .9rem; }
  .find label, .find select, .find input { width: 100%; max-width: none; }
  .charts svg text { font-size: 16px; }
}
@media print {
  @page { size: A4; margin: 16mm 14mm; }
  :root { color-scheme: light; --bg: #fff; --fg: #000; --dim: #444; --line: #bbb; --panel: #fff; --good: #0b6b3a;
    --warn: #8a5a00; --bad: #b3261e; --fill-good: #2f8f5b; --fill-warn: #c98a1b; --fill-bad: #c7362c;
    --link: #000; }
  body { font-size: 9.5pt; max-width: none; padding: 0; }
  .skip, button { display: none; }
  .find { gap: .25rem 1.5rem; } .find label { display: flex; gap: .35rem; }
  .find select, .find input { border: 0; padding: 0; min-height: 0; font-size: inherit; appearance: none; }
  .find label:has(input:placeholder-shown) { display: none; }
  .tiles { grid-template-columns: repeat(4, 1fr); }
  .charts { grid-template-columns: 1fr 1fr; }
  .wide { overflow: visible; } th, td { padding: .2rem .5rem .2rem 0; }
  tbody th { min-width: 0; overflow-wrap: break-word; }
  .few .y { display: none; }
  td code { overflow-wrap: anywhere; font-size: .8em; }
  a { text-decoration: none; }
  h2, h3, figcaption { break-after: avoid; } li, tr, figure, dl { break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; }
  .list:not(.few) details:not([open])::details-content { display: none; }
  figure.timeline svg[role] { min-width: 0; }
  .list summary { grid-template-columns: .8rem 9rem 4.75rem minmax(5.5rem, 1fr) auto auto; padding: .2rem 0; }
  .w { overflow-wrap: break-word; }
  .paper { display: inline; grid-area: 1 / 5; color: var(--dim); font-size: .85em; } .list .k { grid-area: 1 / 6; }
  .y { grid-row: 2; }
  rect, circle, .tiles a { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
