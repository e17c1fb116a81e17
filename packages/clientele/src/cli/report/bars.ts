// Attainment: one bar a row, filled as far as promises were kept.

import { box, type Caption, frame, label } from './chart.js'
import type { Markup } from './markup.js'
import { percent, thousands } from './scale.js'

/** One row: how many promises, and how many of them were kept. */
export interface ShareRow {
  readonly name: string
  readonly kept: number
  readonly all: number
}

const WIDTH = 340
const ROW = 30
const NAME = 98
const FIGURES = 78

/** Bars of kept promises, the rest in the color of breaches; the numbers stand beside. */
export const shareBars = (caption: Caption, rows: readonly ShareRow[]): Markup => {
  const span = WIDTH - NAME - FIGURES
  const drawn = rows.flatMap(({ name, kept, all }, i) => {
    const y = i * ROW + 6
    const share = all === 0 ? Number.NaN : kept / all
    const width = all === 0 ? 0 : share * span
    const tip = `${name}: ${thousands(kept)} of ${thousands(all)} kept`
    return [
      label(NAME - 10, y + 13, name, 'end', 'name'),
      box({ x: NAME, y, width: span, height: 18 }, all === 0 ? 'none' : 'missed', tip),
      ...(width > 0 ? [box({ x: NAME, y, width, height: 18 }, 'kept', tip)] : []),
      label(NAME + span + 8, y + 9, percent(share), 'start', 'figure'),
      label(NAME + span + 8, y + 20, `of ${thousands(all)}`, 'start', 'small'),
    ]
  })
  return frame(caption, WIDTH, rows.length * ROW + 6, drawn)
}
