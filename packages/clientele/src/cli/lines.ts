// Bytes to lines, in constant memory: whatever the size of the input, at most one line of it is held.

import { isUtf8 } from 'node:buffer'

/** Longer lines are refused, so that a file without line breaks cannot fill memory. */
export const LONGEST_LINE = 16 * 1024 * 1024

/** One line of input: its text, or why it has none. Numbered from 1 as editors do. */
export interface Line {
  readonly number: number
  readonly text: string
  readonly problem?: 'not-utf8' | 'line-too-long'
}

/** Takes chunks as they come and gives back the lines they complete. Blank lines are passed over but counted. */
export interface Splitter {
  push(chunk: Uint8Array): readonly Line[]
  /** The last line, when no line break ended it. */
  end(): readonly Line[]
}

const LINE_FEED = 10

/** A splitter at the start of an input; a byte order mark there is dropped. */
export const splitter = (): Splitter => {
  let held: Uint8Array[] = []
  let heldBytes = 0
  let number = 0

  const finish = (tail: Uint8Array): Line | undefined => {
    number += 1
    const bytes =
      heldBytes === 0
        ? Buffer.from(tail.buffer, tail.byteOffset, tail.length)
        : Buffer.concat([...held, tail])
    const tooLong = heldBytes + tail.length > LONGEST_LINE
    held = []
    heldBytes = 0
    if (tooLong) return { number, text: '', problem: 'line-too-long' }
    if (!isUtf8(bytes)) return { number, text: '', problem: 'not-utf8' }
    const text = bytes.toString('utf8')
    const clean = number === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text
    return clean.trim() === '' ? undefined : { number, text: clean }
  }

  return {
    push: (chunk) => {
      const lines: Line[] = []
      let start = 0
      for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
        const line = finish(chunk.subarray(start, end))
        if (line !== undefined) lines.push(line)
        start = end + 1
      }
      const rest = chunk.subarray(start)
      // past the limit only the length is kept
      if (heldBytes <= LONGEST_LINE && rest.length > 0) held.push(rest.slice())
      heldBytes += rest.length
      return lines
    },
    end: () => {
      if (heldBytes === 0) return []
      const line = finish(new Uint8Array(0))
      return line === undefined ? [] : [line]
    },
  }
}
