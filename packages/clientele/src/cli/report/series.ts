// Days in a row: an area or columns over one shared axis of dates. Two measures get two panels, never two axes.

import { DAY, formatDate, type Instant, weekdayOf } from '@clientele/core'
import { box, type Caption, frame, label, line, place } from './chart.js'
import { html, type Markup } from './markup.js'
import { countTicks, linear, thousands } from './scale.js'

/** One measure by day. */
export interface Panel {
  readonly name: string
  readonly shape: 'area' | 'columns'
  readonly values: readonly number[]
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const HEIGHT = 118
const GAP = 34
const LEFT = 44

/** A date as `16 Feb`. */
export const shortDate = (day: number): string => {
  const [, month, date] = formatDate(day).split('-')
  return `${Number(date)} ${MONTHS[Number(month) - 1]}`
}

const areaOf = (points: readonly (readonly [number, number])[], bottom: number): Markup => {
  const path = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${place(x)} ${place(y)}`).join('')
  const [first, last] = [points[0]!, points.at(-1)!]
  return html`<path d="${path}L${place(last[0])} ${bottom}L${place(first[0])} ${bottom}Z" class="area"/><path d="${path}" class="curve"/>`
}

/** Panels of days, one above the other. `from` is the first day's midnight. */
export const series = (caption: Caption, from: Instant, panels: readonly Panel[], width: number): Markup => {
  const days = Math.max(1, ...panels.map(({ values }) => values.length))
  const first = Math.floor(from / DAY)
  const right = width - 12
  const step = (right - LEFT) / days
  const drawn = panels.flatMap(({ name, shape, values }, p) => {
    const top = p * (HEIGHT + GAP) + 26
    const bottom = top + HEIGHT - 26
    const ticks = countTicks(Math.max(0, ...values), 3)
    const y = linear(0, ticks.at(-1)!.value, bottom, top)
    const grid = ticks.flatMap(({ value, label: text }) => [
      line(LEFT, y(value), right, y(value), 'grid'),
      label(LEFT - 8, y(value) + 4, text, 'end', 'small'),
    ])
    const columns = values.map((value, i) =>
      box(
        { x: LEFT + i * step + step * 0.12, y: y(value), width: step * 0.76, height: bottom - y(value) },
        shape === 'columns' ? 'missed' : 'hover',
        `${shortDate(first + i)}: ${thousands(value)}`,
        1,
      ),
    )
    const points = values.map((value, i) => [LEFT + (i + 0.5) * step, y(value)] as const)
    const area = shape === 'area' && points.length > 0 ? [areaOf(points, bottom)] : []
    return [label(0, top - 12, name, 'start', 'panel'), ...grid, ...area, ...columns]
  })
  const bottom = panels.length * (HEIGHT + GAP) - GAP
  const every = Math.max(1, Math.ceil((days * 58) / (right - LEFT) / 7)) * 7
  const dates = Array.from({ length: days }, (_, i) => i)
    .filter((i) =>
      days <= 10
        ? true
        : (i + weekdayOf(first)) % 7 === 0 && Math.floor((i + weekdayOf(first)) / 7) % (every / 7) === 0,
    )
    .map((i) => label(LEFT + (i + 0.5) * step, bottom + 18, shortDate(first + i), 'middle', 'small'))
  return frame(caption, width, bottom + 26, [...drawn, ...dates])
}
