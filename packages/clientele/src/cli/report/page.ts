// A report as one file that opens without a network: no script, no link, no font from elsewhere, and a policy in the
// page itself that would refuse them.

import { html, type Markup } from './markup.js'
import { STYLE } from './style.js'

/** One number a reader should take away. */
export interface Tile {
  readonly value: string
  readonly label: string
  readonly tone?: 'good' | 'bad'
}

/** One part of a report. */
export interface Section {
  readonly title: string
  readonly lead: string | Markup
  readonly body: readonly Markup[]
  /** May be longer than a page of paper. */
  readonly flow?: 'long'
}

/** A column of a table. */
export interface ColumnHead {
  readonly name: string
  readonly kind?: 'number'
}

export type Cell = string | number | Markup

/** What becomes of a table on a narrow screen: it scrolls sideways, or its rows become cards. */
export type Narrow = 'scrolls' | 'cards'

/** A table with a caption. The first cell of a row is its name. */
export const table = (
  caption: string,
  columns: readonly ColumnHead[],
  rows: readonly (readonly Cell[])[],
  narrow: Narrow = 'scrolls',
): Markup => {
  const style = (i: number): string => (columns[i]?.kind === 'number' ? 'n' : '')
  const head = columns.map(({ name }, i) => html`<th scope="col" class="${style(i)}">${name}</th>`)
  const body = rows.map((cells) => {
    const drawn = cells.map((cell, i) =>
      i === 0
        ? html`<th scope="row" class="${style(i)}">${cell}</th>`
        : html`<td class="${style(i)}" data-name="${columns[i]?.name ?? ''}">${cell}</td>`,
    )
    return html`<tr>${drawn}</tr>`
  })
  return html`<div class="scroll"><table class="${narrow}"><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
}

/** A chart with the same numbers as a table under it. */
export const figure = (chart: Markup | readonly Markup[], data: Markup, title?: string): Markup => {
  const heading = title === undefined ? undefined : html`<h3>${title}</h3>`
  return html`<figure>${heading}${chart}<details class="data"><summary>The numbers</summary>${data}</details></figure>`
}

/** One chart drawn twice, for wide and for narrow screens; the sheet shows the one that fits. */
export const twoWidths = (draw: (width: number, suffix: string) => Markup, wide: number): Markup =>
  html`<div class="wide">${draw(wide, 'w')}</div><div class="narrow">${draw(340, 'n')}</div>`

const sectionOf = ({ title, lead, body, flow }: Section): Markup =>
  html`<section class="${flow ?? ''}"><h2>${title}</h2><p class="lead">${lead}</p>${body}</section>`

/** The whole page. */
export const page = (report: {
  readonly title: string
  readonly about: string
  readonly tiles: readonly Tile[]
  readonly sections: readonly Section[]
  readonly foot: Markup
}): string => {
  const tiles = report.tiles.map(
    ({ value, label, tone }) => html`<li class="${tone ?? ''}"><b>${value}</b><span>${label}</span></li>`,
  )
  const content = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${report.title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header><h1>${report.title}</h1><p class="sub">${report.about}</p></header>
<ul class="tiles">${tiles}</ul>
${report.sections.map(sectionOf)}
<footer><p>${report.foot}</p></footer>
</main>
</body>
</html>
`
  return content.markup
}
