// Where a text stops being JSON. Asked only after `JSON.parse` has refused it, because the engine's own message names
// no position in Node 20; walks with an explicit stack, so depth cannot break it.

const SPACE = /[ \t\r\n]*/y
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** A place in a text, both from 1. */
export interface Place {
  readonly line: number
  readonly column: number
  readonly expected: string
}

const placeOf = (text: string, offset: number, expected: string): Place => {
  const before = text.slice(0, offset)
  const start = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - start + 1, expected }
}

const matchAt = (pattern: RegExp, text: string, offset: number): number => {
  pattern.lastIndex = offset
  const match = pattern.exec(text)
  return match === null ? -1 : offset + match[0].length
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/** The place after a text in quotes, or -1 when none ends there. */
const stringEnd = (text: string, offset: number): number => {
  if (text[offset] !== '"') return -1
  let at = offset + 1
  while (at < text.length) {
    const next = text[at]
    if (next === '"') return at + 1
    if (next === '\\') {
      at = matchAt(ESCAPE, text, at)
      if (at === -1) return -1
    } else if (text.charCodeAt(at) < 32) return -1
    else at += 1
  }
  return -1
}

/** What may come next: a value, a value or the end of a list, a key, a key or the end of an object, or what follows. */
type Expect = 'value' | 'element' | 'key' | 'member' | 'after'

const WORDS: { readonly [expect in Expect]: string } = {
  value: 'a value',
  element: 'a value or "]"',
  key: 'a key in double quotes',
  member: 'a key in double quotes or "}"',
  after: 'the end',
}

/**
 * The first place where a text is no JSON, and what was expected there; `undefined` when it is JSON.
 * Cost: one pass.
 */
export const locate = (text: string): Place | undefined => {
  const open: ('{' | '[')[] = []
  let expect: Expect = 'value'
  let at = 0
  for (;;) {
    at = matchAt(SPACE, text, at)
    const next = text[at]
    if (expect === 'after') {
      const inside = open.at(-1)
      if (inside === undefined) return at === text.length ? undefined : placeOf(text, at, 'the end')
      if (next === ',') expect = inside === '{' ? 'key' : 'value'
      else if (next === (inside === '{' ? '}' : ']')) open.pop()
      else return placeOf(text, at, inside === '{' ? '"," or "}"' : '"," or "]"')
      at += 1
    } else if (expect === 'key' || expect === 'member') {
      if (next === '}' && expect === 'member') {
        open.pop()
        expect = 'after'
        at += 1
        continue
      }
      const end = stringEnd(text, at)
      if (end === -1) return placeOf(text, at, WORDS[expect])
      at = matchAt(SPACE, text, end)
      if (text[at] !== ':') return placeOf(text, at, '":"')
      at += 1
      expect = 'value'
    } else if (next === '{' || next === '[') {
      open.push(next)
      expect = next === '{' ? 'member' : 'element'
      at += 1
    } else if (next === ']' && expect === 'element') {
      open.pop()
      expect = 'after'
      at += 1
    } else {
      const end = next === '"' ? stringEnd(text, at) : matchAt(SCALAR, text, at)
      if (end === -1)
        return placeOf(text, at, next === '"' ? 'a text that ends, without line breaks' : WORDS[expect])
      at = end
      expect = 'after'
    }
  }
}
