// What became of the messages, and how long those waited that had to.

import { HOUR } from '@clientele/core'
import { box, type Caption, frame, label, line } from '../report/chart.js'
import type { Markup } from '../report/markup.js'
import { countTicks, linear, percent, thousands } from '../report/scale.js'

/** One row of parts that sum to a whole, each with the class that colors it. */
export interface PartsRow {
  readonly name: string
  readonly parts: readonly { readonly name: string; readonly count: number; readonly style: string }[]
}

const ROW = 44
const NAME = 74

/** Bars of parts; every part wide enough has its share written in it. */
export const partBars = (caption: Caption, rows: readonly PartsRow[], width: number): Markup => {
  const span = width - NAME - 8
  const drawn = rows.flatMap(({ name, parts }, i) => {
    const y = i * ROW + 6
    const all = parts.reduce((sum, { count }) => sum + count, 0)
    let x = NAME
    const boxes = parts.flatMap(({ name: part, count, style }) => {
      const wide = all === 0 ? 0 : (count / all) * span
      const from = x
      x += wide
      const tip = `${name}, ${part}: ${thousands(count)} of ${thousands(all)}`
      const told = wide > 52 ? [label(from + wide / 2, y + 37, percent(count / all), 'middle', 'small')] : []
      return wide === 0 ? [] : [box({ x: from, y, width: wide - 1, height: 24 }, style, tip), ...told]
    })
    return [label(NAME - 10, y + 16, name, 'end', 'name'), ...boxes]
  })
  return frame(caption, width, rows.length * ROW + 8, drawn)
}

/** So many of each kind waited this many whole hours. */
export interface WaitColumn {
  readonly hours: number
  readonly counts: readonly { readonly name: string; readonly count: number; readonly style: string }[]
}

/** Waits by whole hours, the kinds on top of each other. */
export const waitColumns = (
  waits: readonly {
    readonly name: string
    readonly style: string
    readonly ms: readonly number[]
  }[],
): readonly WaitColumn[] => {
  const longest = Math.max(0, ...waits.flatMap(({ ms }) => ms))
  return Array.from({ length: Math.floor(longest / HOUR) + 1 }, (_, hours) => ({
    hours,
    counts: waits.map(({ name, style, ms }) => ({
      name,
      style,
      count: ms.filter((wait) => Math.floor(wait / HOUR) === hours).length,
    })),
  }))
}

const HEIGHT = 150
const LEFT = 40

/** A column for each whole hour. */
export const waitChart = (caption: Caption, columns: readonly WaitColumn[], width: number): Markup => {
  const sums = columns.map(({ counts }) => counts.reduce((sum, { count }) => sum + count, 0))
  const ticks = countTicks(Math.max(1, ...sums), 3)
  const y = linear(0, ticks.at(-1)!.value, HEIGHT, 14)
  const step = (width - LEFT - 12) / Math.max(1, columns.length)
  const grid = ticks.flatMap(({ value, label: text }) => [
    line(LEFT, y(value), width - 12, y(value), 'grid'),
    label(LEFT - 8, y(value) + 4, text, 'end', 'small'),
  ])
  const every = Math.max(1, Math.ceil(26 / step))
  const drawn = columns.flatMap(({ hours, counts }, i) => {
    const x = LEFT + i * step
    let below = 0
    const boxes = counts.flatMap(({ name, count, style }) => {
      const [from, to] = [below, below + count]
      below = to
      const tip = `${name}: ${thousands(count)} waited ${hours} to ${hours + 1} hours`
      const height = y(from) - y(to)
      return count === 0
        ? []
        : [box({ x: x + step * 0.1, y: y(to), width: step * 0.8, height }, style, tip, 1)]
    })
    // the mark stands at the beginning of its hour
    const mark = i % every === 0 ? [label(x, HEIGHT + 16, `${hours} h`, 'middle', 'small')] : []
    return [...boxes, ...mark]
  })
  return frame(caption, width, HEIGHT + 22, [...grid, ...drawn])
}
