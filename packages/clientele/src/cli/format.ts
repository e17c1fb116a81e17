// Answers as text: one JSON a line, one JSON list, or a table for people.

import { formatInstant, type Ledger, renderLedger } from '@clientele/core'

/** The words after `--format`. */
export const FORMATS = ['ndjson', 'json', 'table'] as const
export type Format = (typeof FORMATS)[number]

/** One answer: any JSON object. An own `error` makes it a bad line. */
export type Answer = { readonly [key: string]: unknown }

/** Turns answers into text as they come; `end` gives what closes the text. */
export interface Formatter {
  add(answer: Answer): string
  end(): string
}

const isLedger = (value: unknown): value is Ledger =>
  typeof value === 'object' && value !== null && 'entries' in value && 'fold' in value && 'total' in value

/** A ledger as it is printed: its instants as ISO 8601, like all others. */
export const printedLedger = (ledger: Ledger): object => ({
  ...ledger,
  entries: ledger.entries.map(({ at, ...rest }) =>
    at === undefined ? rest : { ...rest, at: [formatInstant(at[0]), formatInstant(at[1])] },
  ),
})

const text = (answer: Answer): string => {
  const { ledger } = answer
  if (isLedger(ledger)) return JSON.stringify({ ...answer, ledger: printedLedger(ledger) })
  if (!Array.isArray(ledger)) return JSON.stringify(answer)
  return JSON.stringify({
    ...answer,
    ledger: ledger.map((one: unknown) => (isLedger(one) ? printedLedger(one) : one)),
  })
}

/** An answer as a reader of the output sees it. */
export const asPrinted = (answer: Answer): Answer => JSON.parse(text(answer)) as Answer

const ndjson = (): Formatter => ({ add: (answer) => `${text(answer)}\n`, end: () => '' })

const json = (): Formatter => {
  let before = '[\n'
  return {
    add: (answer) => {
      const line = `${before}  ${text(answer)}`
      before = ',\n'
      return line
    },
    end: () => (before === '[\n' ? '[]\n' : '\n]\n'),
  }
}

const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return '–'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  // control characters would move the cursor of a terminal
  return text.replace(/\p{Cc}/gu, ' ')
}

/** Rows looked at before the widths are settled: the memory of a table stays the same for any input. */
const ROWS_MEASURED = 100
const WIDEST = 60

const table = (): Formatter => {
  let waiting: Answer[] = []
  let columns: string[] | undefined
  let widths: number[] = []

  const row = (cells: readonly string[]): string =>
    `${cells.map((cell, i) => (i === cells.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  ')}\n`

  const print = (answer: Answer): string => {
    const named = (columns ?? []).map((name) => cellOf(answer[name]))
    const rest = Object.keys(answer).filter((name) => name !== 'ledger' && !columns?.includes(name))
    const extra = rest.map((name) => `${name}: ${cellOf(answer[name])}`)
    const line = row([...named, ...extra])
    const ledger = answer['ledger']
    if (!isLedger(ledger)) return line
    return `${line}${renderLedger(ledger).replace(/^/gm, '    ')}\n`
  }

  const settle = (): string => {
    columns = [...new Set(waiting.flatMap((answer) => Object.keys(answer)))].filter(
      (name) => name !== 'ledger',
    )
    const rows = waiting.map((answer) => (columns ?? []).map((name) => cellOf(answer[name])))
    widths = columns.map((name, i) =>
      Math.min(WIDEST, Math.max(name.length, ...rows.map((cells) => cells[i]!.length))),
    )
    const text = waiting.length === 0 ? '' : row(columns) + waiting.map(print).join('')
    waiting = []
    return text
  }

  return {
    add: (answer) => {
      if (columns !== undefined) return print(answer)
      waiting.push(answer)
      return waiting.length < ROWS_MEASURED ? '' : settle()
    },
    end: () => (columns === undefined ? settle() : ''),
  }
}

/** A formatter at the start of an output. */
export const formatter = (format: Format): Formatter => {
  switch (format) {
    case 'ndjson':
      return ndjson()
    case 'json':
      return json()
    case 'table':
      return table()
  }
}
