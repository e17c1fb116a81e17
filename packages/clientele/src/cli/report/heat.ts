// A week as a grid of hours: where breaches gather.

import { box, type Caption, frame, label } from './chart.js'
import { html, type Markup } from './markup.js'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const NAME = 34

/** `counts[weekday][hour]`, Monday first; the darker, the more. */
export const heat = (caption: Caption, counts: readonly (readonly number[])[], width: number): Markup => {
  const cell = (width - NAME - 4) / 24
  const height = Math.min(26, Math.max(18, cell))
  const most = Math.max(1, ...counts.flat())
  const cells = counts.flatMap((hours, day) =>
    hours.map((count, hour) => {
      const place = {
        x: NAME + hour * cell + 0.75,
        y: day * height + 0.75,
        width: cell - 1.5,
        height: height - 1.5,
      }
      const strength = count === 0 ? 0 : 1 + Math.floor((count / most) * 5.999)
      return box(
        place,
        `heat h${strength}`,
        `${DAYS[day]} ${String(hour).padStart(2, '0')}–${hour + 1}: ${count}`,
        2,
      )
    }),
  )
  const names = DAYS.map((name, day) => label(NAME - 8, day * height + height / 2 + 4, name, 'end', 'small'))
  const bottom = 7 * height
  const every = cell < 22 ? 6 : 3
  const hours = Array.from({ length: 24 / every }, (_, i) =>
    label(NAME + i * every * cell, bottom + 16, `${String(i * every).padStart(2, '0')}:00`, 'start', 'small'),
  )
  return frame(caption, width, bottom + 22, [...cells, ...names, ...hours])
}

/** What the colors of {@link heat} mean. */
export const heatLegend = (most: number): Markup =>
  html`<p class="legend"><span>0</span>${[0, 1, 2, 3, 4, 5, 6].map((i) => html`<i class="swatch h${i}"></i>`)}<span>${most} breaches in an hour of the week</span></p>`
