// Percentiles: one row a group, from the median to the slowest, on an axis of ratios.

import { type Caption, frame, label, line, place } from './chart.js'
import { html, type Markup } from './markup.js'
import { inHours, logarithmic, timeTicks } from './scale.js'

/** One group: its percentiles in milliseconds, in order, and the promise where there is one. */
export interface RangeRow {
  readonly name: string
  readonly marks: readonly { readonly name: string; readonly ms: number }[]
}

const ROW = 40

/** Dots at the percentiles, joined; a logarithmic axis below. */
export const ranges = (caption: Caption, rows: readonly RangeRow[], width: number): Markup => {
  const all = rows.flatMap(({ marks }) => marks.map(({ ms }) => Math.max(1_000, ms)))
  const ticks = timeTicks(Math.min(...all), Math.max(...all))
  const left = Math.max(56, 18 + 6.6 * Math.max(...rows.map(({ name }) => name.length)))
  const right = width - 22
  const at = logarithmic(ticks[0]!.value, ticks.at(-1)!.value, left, right)
  const bottom = rows.length * ROW + 8
  // on a narrow chart every other mark keeps its words
  const sparse = (right - left) / ticks.length < 46 ? 2 : 1
  const axis = ticks.flatMap(({ value, label: text }, i) => [
    line(at(value), 4, at(value), bottom, 'grid'),
    ...(i % sparse === 0 ? [label(at(value), bottom + 16, text, 'middle', 'small')] : []),
  ])
  const drawn = rows.flatMap(({ name, marks }, i) => {
    const y = i * ROW + 24
    const [first, last] = [marks[0], marks.at(-1)]
    if (first === undefined || last === undefined) return [label(left - 10, y + 4, name, 'end', 'name')]
    const dots = marks.map(
      ({ name: mark, ms }, j) =>
        html`<circle cx="${place(at(ms))}" cy="${y}" r="${j === 0 ? 5.5 : 4.5}" class="dot d${j}"><title>${name}, ${mark}: ${inHours(ms)}</title></circle>`,
    )
    return [
      label(left - 10, y + 4, name, 'end', 'name'),
      line(at(first.ms), y, at(last.ms), y, 'range'),
      ...dots,
      label(at(first.ms), y - 10, inHours(first.ms), 'middle', 'small'),
      ...(at(last.ms) - at(first.ms) > 70
        ? [label(at(last.ms), y - 10, inHours(last.ms), 'middle', 'small')]
        : []),
    ]
  })
  return frame(caption, width, bottom + 24, [...axis, ...drawn])
}
