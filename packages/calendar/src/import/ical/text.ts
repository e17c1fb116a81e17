// The text of iCalendar (RFC 5545, section 3.1): unfolded lines, properties with parameters, nested components. Tolerant of
// bare line feeds, blank lines and letter case; every issue names its line.

import type { Report } from '../report.js'

/** `NAME;PARAM=value:value`. */
export interface Property {
  readonly name: string
  readonly params: ReadonlyMap<string, string>
  readonly value: string
  /** The first line of it, from 1. */
  readonly line: number
}

/** What stands between BEGIN and END. */
export interface Component {
  readonly name: string
  readonly line: number
  readonly properties: Property[]
  readonly components: Component[]
}

const DEEPEST = 8
const NAME = /^[A-Za-z0-9-]+$/

/** Lines with their continuations joined: a continuation begins with a space or a tab. */
const unfold = (text: string): { text: string; line: number }[] => {
  const lines: { parts: string[]; line: number }[] = []
  text.split(/\r\n|\n|\r/).forEach((raw, index) => {
    const last = lines.at(-1)
    if ((raw.startsWith(' ') || raw.startsWith('\t')) && last !== undefined) last.parts.push(raw.slice(1))
    else if (raw.trim() !== '') lines.push({ parts: [raw], line: index + 1 })
  })
  return lines.map(({ parts, line }) => ({ text: parts.join(''), line }))
}

/** Cuts at a separator wherever it is not inside double quotes. */
const cut = (text: string, separator: string, most = Number.POSITIVE_INFINITY): string[] => {
  const pieces: string[] = []
  let [from, quoted] = [0, false]
  for (let i = 0; i < text.length && pieces.length + 1 < most; i++) {
    if (text[i] === '"') quoted = !quoted
    if (text[i] !== separator || quoted) continue
    pieces.push(text.slice(from, i))
    from = i + 1
  }
  return [...pieces, text.slice(from)]
}

const propertyOf = (text: string, line: number, report: Report): Property | undefined => {
  const [head = '', value] = cut(text, ':', 2)
  const [name = '', ...params] = cut(head, ';')
  if (value === undefined || !NAME.test(name)) {
    return report.refuse('bad-syntax', `line ${line}`, text, 'it is no line of the form NAME:value')
  }
  const entries = params.map((param) => {
    const [key = '', given = ''] = cut(param, '=', 2)
    return [key.toUpperCase(), given.replace(/^"|"$/g, '')] as const
  })
  return { name: name.toUpperCase(), params: new Map(entries), value, line }
}

/** All of a text as the components of a nameless root. */
export const parseText = (text: string, report: Report): Component => {
  const root: Component = { name: '', line: 1, properties: [], components: [] }
  const open = [root]
  for (const { text: line, line: number } of unfold(text.replace(/^\uFEFF/, ''))) {
    const property = propertyOf(line, number, report)
    const top = open.at(-1)!
    if (property === undefined) continue
    const name = property.value.trim().toUpperCase()
    if (property.name === 'BEGIN') {
      const component = { name, line: number, properties: [], components: [] }
      if (open.length > DEEPEST)
        report.refuse('too-large', `line ${number}`, line, `it is nested deeper than ${DEEPEST} levels`)
      else top.components.push(component)
      open.push(component)
    } else if (property.name !== 'END') top.properties.push(property)
    else if (open.length > 1 && top.name === name) open.pop()
    else
      report.refuse('bad-syntax', `line ${number}`, line, `nothing named ${name.slice(0, 40)} was begun last`)
  }
  const left = open.at(-1)!
  if (open.length > 1)
    report.refuse('bad-syntax', `line ${left.line}`, left.name, 'it is begun and never ended')
  return root
}

/** The first property of a name. */
export const propertyIn = (component: Component, name: string): Property | undefined =>
  component.properties.find((property) => property.name === name)

/** A TEXT value with its escapes read (section 3.3.11). */
export const textIn = (component: Component, name: string): string | undefined =>
  propertyIn(component, name)?.value.replace(/\\([\\;,nN])/g, (_, escaped: string) =>
    /n/i.test(escaped) ? '\n' : escaped,
  )

/** A TEXT value with its escapes written. */
export const escapeText = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n')

/** Lines of at most 75 octets, continued by a space (section 3.1). */
export const fold = (line: string): string => {
  const encoder = new TextEncoder()
  const lines: string[] = []
  let [piece, octets] = ['', 0]
  for (const character of line) {
    const size = encoder.encode(character).length
    if (octets + size > 75) {
      lines.push(piece)
      ;[piece, octets] = [' ', 1]
    }
    piece += character
    octets += size
  }
  return [...lines, piece].join('\r\n')
}
