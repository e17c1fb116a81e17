// Every example in the sources, READMEs and guides runs, says what it says, and type-checks as a reader would paste it.
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { type Block, blocks, idOf, inComments, inMarkdown, moduleOf } from '../doctest.js'
import { root } from '../paths.js'

const all = blocks()
const isCode = ({ language }: Block): boolean => /^(ts|typescript|js|javascript)$/.test(language)
const code = all.filter(isCode)
const nameOf = ({ file, line }: Block): string => `${file}:${line}`
const unrun = new Set(['', 'sh', 'text', 'mermaid', 'csv', 'ics', 'html', 'diff'])

describe('examples', () => {
  test.each(code.map((block) => [nameOf(block), block] as const))('%s', async (_, block) => {
    await import(/* @vite-ignore */ idOf(block))
  })

  test.each(
    all.filter(({ language }) => language === 'json').map((block) => [nameOf(block), block] as const),
  )('%s is JSON', (_, block) => {
    JSON.parse(block.code)
  })

  test('no other block of code escapes', () => {
    const other = all.filter(
      (block) => !isCode(block) && block.language !== 'json' && !unrun.has(block.language),
    )
    expect(other.map((block) => `${nameOf(block)}: ${block.language}`)).toEqual([])
  })

  test('shell blocks, which are not run here, name scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
      scripts: Record<string, string>
    }
    const shell = all.filter(({ language }) => language === 'sh')
    const unknown = shell.flatMap((block) =>
      [...block.code.matchAll(/npm run ([\w:]+)|npm (start|test)/g)]
        .filter(([, run, own]) => !((run ?? own ?? '') in scripts))
        .map(([command]) => `${nameOf(block)}: ${command}`),
    )
    expect(unknown).toEqual([])
    const readme = shell
      .filter(({ file }) => file === 'README.md')
      .map((block) => block.code)
      .join('\n')
    expect(readme).toContain('npm ci && npm start')
    expect(readme).toContain('npm ci && npm test')
  })

  test('type-check', { timeout: 120_000 }, () => {
    expect(diagnosticsOf(code)).toEqual([])
  })
})

function diagnosticsOf(given: readonly Block[]): string[] {
  const config = ts.parseConfigFileTextToJson('tsconfig.json', readFileSync(`${root}tsconfig.json`, 'utf8'))
  const { options } = ts.parseJsonConfigFileContent({ ...config.config, files: ['none.ts'] }, ts.sys, root)
  const byId = new Map(given.map((block) => [idOf(block), block]))
  const host = ts.createCompilerHost(options)
  const { fileExists, getSourceFile, readFile } = host
  host.fileExists = (path) => byId.has(path) || fileExists(path)
  host.readFile = (path) => byId.get(path)?.code ?? readFile(path)
  host.getSourceFile = (path, target, ...rest) => {
    const block = byId.get(path)
    // an example without imports is a module all the same
    if (block !== undefined) return ts.createSourceFile(path, `${block.code}\nexport {}\n`, target, true)
    return getSourceFile(path, target, ...rest)
  }
  const program = ts.createProgram([...byId.keys()], options, host)
  return [...byId].flatMap(([id, block]) => {
    const file = program.getSourceFile(id)
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    return found.map((each) => {
      const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(each.start ?? 0).line
      return `${block.file}:${block.line + line}: ${ts.flattenDiagnosticMessageText(each.messageText, '\n')}`
    })
  })
}

describe('the extractor', () => {
  test('finds doc comments, with or without fences', () => {
    const text =
      '/** One. */\n/**\n * Two.\n *\n * @example\n * ```ts\n * f(1) // => 2\n * ```\n *\n * @category x\n */\n'
    expect(inComments('a.ts', text)).toEqual([
      { file: 'a.ts', line: 6, language: 'ts', code: '\nf(1) // => 2' },
    ])
  })

  test('finds fenced blocks with their language and line', () => {
    expect(inMarkdown('a.md', 'text\n\n```json\n{}\n```\n')).toEqual([
      { file: 'a.md', line: 4, language: 'json', code: '{}' },
    ])
  })

  const module = (source: string): string =>
    moduleOf({ file: 'a.md', line: 1, language: 'ts', code: source }).text

  test('asserts expressions, declarations and prints', () => {
    expect(module('f(1) // => 2')).toBe(';__is(f(1), "a.md:1", "2", () => (2)); // => 2')
    expect(module('const x = f(1) // => 2')).toContain('__is(x, "a.md:1", "2", () => (2));')
    expect(module("console.log('a', 1)\n// => a 1\n//    b")).toContain(
      `;__prints(['a', 1], "a.md:1", "a 1\\nb", undefined)`,
    )
  })

  test('refuses an expectation that follows nothing', () => {
    expect(() => module('// => 2')).toThrow('a.md:1: 1 "// =>" but 0 follow a statement')
  })
})
