// The example at the end of every help: shell commands that work when pasted, and what they print.

import type { Example } from './verb.js'

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** An example as text. The tests run the same example and compare. */
export const showExample = ({ files = {}, command, input, prints = [], warns = [] }: Example): string => {
  const writes = Object.entries(files).map(([name, content]) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    return `  printf '%s\\n' ${quote(text)} > ${name}`
  })
  const feed = input === undefined ? '' : `printf '%s\\n' ${input.map(quote).join(' ')} | `
  return [
    '',
    'Example',
    ...writes,
    `  ${feed}clientele ${command}`,
    ...[...warns, ...prints].map((line) => `  ${line}`),
    '',
  ].join('\n')
}
