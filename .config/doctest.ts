// Examples are tests: every `@example` of the sources and every ```ts block of the READMEs and guides becomes a
// module of its own, placed beside the file that holds it, in which each `// =>` is an assertion.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import ts from 'typescript'
import { root } from './paths.js'

export interface Block {
  /** From the repository root. */
  readonly file: string
  /** The line of the block's first line of code. */
  readonly line: number
  readonly language: string
  readonly code: string
}

/** Every block, of whatever language, in the order of files and lines. */
export function blocks(): Block[] {
  const packages = readdirSync(`${root}packages`).map((name) => `packages/${name}`)
  const code = packages.flatMap((folder) => under(`${folder}/src`, '.ts'))
  const readmes = ['.', ...packages].map((folder) => `${folder}/README.md`.replace('./', ''))
  const prose = [...readmes, 'CONTRIBUTING.md', ...under('examples', '.md'), ...under('docs/guide', '.md')]
  return [...code, ...prose.filter((file) => existsSync(root + file))].flatMap(blocksOf)
}

function blocksOf(file: string): Block[] {
  const text = readFileSync(root + file, 'utf8')
  return file.endsWith('.md') ? inMarkdown(file, text) : inComments(file, text)
}

function under(folder: string, ending: string): string[] {
  if (!existsSync(root + folder)) return []
  const all = readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
  const kept = all.filter((path) => path.endsWith(ending) && !path.includes('node_modules'))
  return kept.sort().map((path) => `${folder}/${path}`)
}

/** The `@example` blocks of doc comments, fenced or not. */
export function inComments(file: string, text: string): Block[] {
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const first = text.slice(0, comment.index).split('\n').length
    const lines = comment[0]
      .replace(/\*\/$/, '')
      .split('\n')
      .map((line) => line.replace(/^\s*\/?\*+ ?/, ''))
    return lines.flatMap((line, at) => {
      if (!/^\s*@example\b/.test(line)) return []
      const length = lines.slice(at + 1).findIndex((each) => /^\s*@\w/.test(each))
      const body = lines.slice(at + 1, length < 0 ? undefined : at + 1 + length)
      const code = body
        .map((each) => (/^\s*```/.test(each) ? '' : each))
        .join('\n')
        .trimEnd()
      return [{ file, line: first + at + 1, language: 'ts', code }]
    })
  })
}

/** The fenced blocks of a Markdown file. */
export function inMarkdown(file: string, text: string): Block[] {
  const found: Block[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const open = /^(\s*)(`{3,})(.*)$/.exec(lines[at] ?? '')
    if (open === null) continue
    const [, indent = '', fence = '', info = ''] = open
    const end = lines.findIndex((line, i) => i > at && line.trim() === fence)
    if (end < 0) throw new Error(`${file}:${at + 1}: the block does not end`)
    const code = lines
      .slice(at + 1, end)
      .map((line) => line.slice(Math.min(indent.length, line.search(/\S|$/))))
    found.push({ file, line: at + 2, language: info.trim(), code: code.join('\n') })
    at = end
  }
  return found
}

/** The TypeScript module of a block: the same lines, with a call around each statement that ends in `// =>`. */
export function moduleOf({ file, line, code }: Block): { text: string; assertions: number } {
  const tree = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true)
  const edits: { from: number; to: number; text: string }[] = []
  const replace = (from: number, to: number, text: string): number => edits.push({ from, to, text })
  const lines = code.split('\n')
  let placed = 0
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit)
    if (!ts.isExpressionStatement(node) && !ts.isVariableStatement(node)) return
    const end = node.getEnd()
    const last = tree.getLineAndCharacterOfPosition(end)
    const said = expectation(lines, last.line, last.character)
    if (said === undefined) return
    placed++
    const where = `${file}:${line + last.line}`
    const value = isExpression(said) ? `() => (${said.replaceAll('\n', ' ')})` : 'undefined'
    const rest = `${JSON.stringify(where)}, ${JSON.stringify(said)}, ${value}`
    if (ts.isVariableStatement(node)) {
      const name = node.declarationList.declarations.at(-1)?.name
      if (name === undefined || !ts.isIdentifier(name))
        throw new Error(`${where}: which of the names is meant?`)
      replace(end, end, `; __is(${name.text}, ${rest});`)
      return
    }
    const { expression } = node
    const start = expression.getStart(tree)
    if (ts.isCallExpression(expression) && expression.expression.getText(tree) === 'console.log') {
      replace(start, expression.arguments.pos, ';__prints([')
      replace(expression.getEnd() - 1, end, `], ${rest});`)
    } else {
      replace(start, start, ';__is(')
      replace(expression.getEnd(), end, `, ${rest});`)
    }
  }
  visit(tree)
  const assertions = [...code.matchAll(/\/\/ =>/g)].length
  if (placed !== assertions)
    throw new Error(`${file}:${line}: ${assertions} "// =>" but ${placed} follow a statement`)
  const text = edits
    .sort((a, b) => b.from - a.from)
    .reduce((whole, { from, to, text }) => whole.slice(0, from) + text + whole.slice(to), code)
  return { text, assertions }
}

/** The text after `// =>` on a statement's last line, or on the comment lines right below it. */
function expectation(lines: readonly string[], line: number, character: number): string | undefined {
  const trailing = /^;?\s*\/\/ =>(.*)$/.exec(lines[line]?.slice(character) ?? '')
  if (trailing !== null) return trailing[1]?.trim() ?? ''
  if (!/^;?\s*$/.test(lines[line]?.slice(character) ?? '')) return undefined
  const first = /^\s*\/\/ => ?(.*)$/.exec(lines[line + 1] ?? '')
  if (first === null) return undefined
  const said = [first[1] ?? '']
  for (let at = line + 2; at < lines.length; at++) {
    // lines below `// => ` continue it, indented by the same width: `//    `
    const more = /^\s*\/\/(?: {4}(.*)| {0,3})$/.exec(lines[at] ?? '')
    if (more === null) break
    said.push(more[1] ?? '')
  }
  return said[0] === '' ? said.slice(1).join('\n') : said.join('\n')
}

function isExpression(text: string): boolean {
  const { diagnostics } = ts.transpileModule(`(${text}\n)`, { reportDiagnostics: true })
  return text.trim() !== '' && diagnostics?.length === 0
}

/** Where a block's module stands: beside its file, so that imports resolve as a reader's would. */
export const idOf = ({ file, line }: Block): string => `${root}${file}.${line}.example.ts`

/** A Vite plugin that serves the module of every block. */
export const examples: { name: string; enforce: 'pre'; resolveId: Hook; load: Hook } = {
  name: 'clientele-examples',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('.example.ts') ? id : undefined),
  load: (id) => {
    if (!id.endsWith('.example.ts')) return undefined
    const file = relative(root, id).replace(/\.\d+\.example\.ts$/, '')
    const block = blocksOf(file).find((each) => idOf(each) === id)
    if (block === undefined) throw new Error(`no example at ${relative(root, id)}`)
    const { text, assertions } = moduleOf(block)
    return [
      `import { assertions as __assertions } from ${JSON.stringify(`${root}.config/expect.ts`)};`,
      `const { is: __is, prints: __prints, count: __count, console } = __assertions();`,
      text,
      `;__count(${assertions}, ${JSON.stringify(`${block.file}:${block.line}`)});\n`,
    ].join('\n')
  },
}

type Hook = (id: string) => string | undefined
