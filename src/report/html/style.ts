/** The only style of the page. It names no font, image or address outside of it. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --panel: #f6f8fa; --line: #d0d7de; --text: #1f2328; --muted: #59636e; --link: #0759b3;
  --bad: #a61b12; --bad-bg: #fde7e5; --warn: #6f4400; --warn-bg: #fdf0cd; --good: #0a5c36; --good-bg: #e0f4e8;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #0f1318; --panel: #171c23; --line: #353c46; --text: #e6eaf0; --muted: #9ea8b5; --link: #82bcff;
    --bad: #ffaaa2; --bad-bg: #4b1a17; --warn: #f5d27a; --warn-bg: #40310c; --good: #7fdca4; --good-bg: #123524;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 92rem; margin: 0 auto; padding: 1rem 1.25rem; }
main { padding-top: 0; }
footer { color: var(--muted); }
h1 { font-size: 1.6rem; line-height: 1.2; margin: .5rem 0; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
h3, h4 { font-size: 1rem; margin: 0; display: inline; }
p { margin: .4rem 0; max-width: 60rem; }
a { color: var(--link); }
code { font: .875em/1.5 ui-monospace, monospace; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--page); padding: .5rem; z-index: 9; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.muted { color: var(--muted); }
.status { display: inline-block; white-space: nowrap; padding: .15rem .75rem; border-radius: 1rem; font-weight: 600; }
.status.bad { background: var(--bad-bg); color: var(--bad); }
.status.good { background: var(--good-bg); color: var(--good); }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0 0; padding: 0; }
dl.counts { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0 0; }
dl.counts div { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; min-width: 7rem; }
dl.counts dt { color: var(--muted); font-size: .875rem; }
dl.counts dd { margin: 0; font-size: 1.5rem; font-weight: 600; line-height: 1.2; font-variant-numeric: tabular-nums; }
dl.counts .bad dd { color: var(--bad); }
dl.counts .warn dd { color: var(--warn); }
.scroll { position: relative; overflow: auto; max-height: 85vh; border: 1px solid var(--line); border-radius: .5rem; width: fit-content; max-width: 100%; }
table { border-collapse: separate; border-spacing: 0; }
caption { text-align: left; color: var(--muted); padding: .5rem .75rem; }
th, td { padding: .4rem .75rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: normal; }
tbody:last-child tr:last-child > *, tbody:last-child th[scope=rowgroup] { border-bottom: 0; }
thead th { background: var(--panel); font-weight: 600; position: sticky; top: 0; z-index: 1; white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
table.list td, table.list tbody th { min-width: 9.5rem; }
table.list td.number { min-width: 0; }
.matrix td, .matrix thead th { text-align: center; padding: .25rem .15rem; min-width: 2.35rem; border-left: 1px solid var(--line); vertical-align: middle; }
.matrix td:nth-child(2), .matrix thead th:nth-child(2) { border-left: 0; }
.matrix td { white-space: nowrap; font-variant-numeric: tabular-nums; }
.matrix thead th { vertical-align: bottom; font-size: .875rem; }
.matrix thead a { font-weight: 500; text-decoration: none; }
.matrix thead a:hover { text-decoration: underline; }
.matrix thead th:first-child, .matrix tbody th { position: sticky; left: 0; background: var(--page); text-align: left; border-left: 0; border-right: 1px solid var(--line); }
.matrix thead th:first-child { background: var(--panel); z-index: 2; padding: .25rem .75rem; }
.matrix tbody th { min-width: min(19rem, 38vw); line-height: 1.3; }
.matrix tbody th .muted { font-size: .8125rem; display: block; }
.upright { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 14rem; overflow: hidden; display: inline-block; text-align: left; }
.cell-bad { background: var(--bad-bg); color: var(--bad); font-weight: 600; }
.cell-warn { background: var(--warn-bg); color: var(--warn); }
.cell-none { color: var(--muted); }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .6rem 0; }
summary { background: var(--panel); border-radius: .5rem; padding: .5rem .9rem; cursor: pointer; }
details[open] > summary { border-bottom: 1px solid var(--line); border-radius: .5rem .5rem 0 0; }
ul.findings, ul.errors { list-style: none; margin: 0; padding: 0; }
ul.findings li { padding: .6rem .9rem; border-top: 1px solid var(--line); }
ul.findings li:first-child { border-top: 0; }
ul.errors li { padding: .5rem .9rem; border-left: 4px solid var(--bad); background: var(--panel); margin: .4rem 0; }
.fix { border-left: 4px solid var(--good); padding-left: .6rem; }
.fix b { color: var(--good); }
.article { padding: .6rem .9rem; }
@page { size: landscape; margin: 12mm; }
@media print {
  :root { color-scheme: light; }
  body { font-size: 10pt; }
  header, main, footer { max-width: none; padding: 0; }
  nav, .skip { display: none; }
  .scroll { overflow: visible; max-height: none; border: 0; }
  thead th, .matrix thead th:first-child, .matrix tbody th { position: static; }
  .matrix { font-size: 7pt; }
  .matrix td, .matrix thead th { padding: .1rem; min-width: 0; font-size: 7pt; }
  .matrix tbody th { min-width: 9rem; padding: .1rem .3rem; }
  .matrix tbody th .muted { font-size: 6pt; }
  li, tr { break-inside: avoid; }
  h2, summary { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`;
