// The import rules of docs/design.md as one function over sources: files in, breaches out. It reads no disk, so the
// test can hand it planted breaches. What a linter checks (any, unused names) is not repeated here.
import { builtinModules } from 'node:module'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'

export interface Source {
  /** From the repository root, with slashes: `packages/core/src/time.ts`. */
  readonly path: string
  readonly text: string
}

export interface Breach {
  readonly file: string
  readonly line: number
  readonly rule: Rule
  readonly what: string
}

/** What an exported subpath of one of our packages is made of: `@clientele/core/memory` to its source file. */
export type Entries = ReadonlyMap<string, string>

export const rules = {
  'core-alone': 'core imports no package of ours',
  'ground-floor': 'core <- calendar <- engines; no engine imports another; store-* and testkit import core',
  'front-door': 'nothing imports clientele, examples or bench',
  'by-name': 'packages are imported by name and exported subpath, never by a path inside one',
  rooms: 'inside an engine the arrows run one way, and only index imports open',
  intl: 'only core/zone asks Intl',
  luxon: 'luxon is for importers and rendering: calendar/import and calendar/format',
  rrule: 'rrule parses and prints in one file of calendar',
  immer: 'immer is for edit.ts and merge plans',
  'fp-ts': 'fp-ts stands at the doors (compile, open, the command line), spelled fp-ts/lib/X.js',
  node: 'Node built-ins stay in the command line, stores and entries named node',
  peer: 'an optional peer is imported by the entry of its name alone',
  light: 'a main entry reaches no Node built-in, optional peer, luxon, rrule, immer or command-line library',
  command: 'command-line libraries stay in clientele/src/cli',
  copies: 'two copies may meet: no instanceof over our classes, no enablePatches or let at module level',
  pure: 'no clock, randomness, environment, timer or console outside adapters',
  safe: 'no eval, new Function or dynamic import',
  named: 'exports are named by hand: no export *, no default export',
  enum: 'no enum and no namespace',
  cycle: 'no import cycle',
  length: 'no file over 400 lines',
  drawer: 'no utils, common or helpers',
} as const

export type Rule = keyof typeof rules

const MAX_LINES = 400
const BUILTINS = new Set(builtinModules)
const COMMAND_LIBRARIES = new Set(['commander', 'cli-progress', 'papaparse'])
const OPTIONAL_PEERS = new Set(['date-holidays', 'libphonenumber-js', '@duckdb/node-api'])

/** Which rooms a room may read. A file outside the rooms is looked through: what it reaches counts. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  model: [],
  issue: ['model'],
  schema: ['model'],
  table: ['model', 'issue'],
  compile: ['model', 'issue', 'schema', 'table'],
  evaluate: ['model', 'table'],
  explain: ['model', 'table', 'evaluate'],
  state: ['model', 'issue', 'table', 'evaluate'],
  step: ['model', 'issue', 'table', 'evaluate', 'state'],
  edit: ['model', 'issue', 'schema', 'table', 'compile', 'evaluate'],
  open: ['model', 'issue', 'schema', 'table', 'compile', 'evaluate', 'explain', 'state', 'step'],
}

interface Import {
  readonly specifier: string
  readonly line: number
  /** Whether it is gone once the types are. */
  readonly type: boolean
  /** The file of ours it resolves to. */
  readonly target: string | undefined
}

interface Parsed {
  readonly path: string
  readonly tree: ts.SourceFile
  readonly package: string
  readonly imports: readonly Import[]
}

const packageOf = (path: string): string => /^packages\/([^/]+)\//.exec(path)?.[1] ?? ''
const isCommand = (path: string): boolean => path.startsWith('packages/clientele/src/cli')
const isNodeEntry = (path: string): boolean => /\/src\/(.*[/-])?(node|worker)([./-]|$)/.test(path)
const isStore = (path: string): boolean => path.startsWith('packages/store-')
const isAdapter = (path: string): boolean =>
  path === 'packages/core/src/memory.ts' || isCommand(path) || isNodeEntry(path) || isStore(path)
/** The first name below `src`: `src/compile/week.ts` and `src/compile.ts` are both `compile`. */
const roomOf = (path: string): string => /^packages\/[^/]+\/src\/([^/.]+)/.exec(path)?.[1] ?? ''
const ownerOf = (specifier: string): string | undefined =>
  /^@clientele\/([^/]+)/.exec(specifier)?.[1] ?? /^(clientele)(\/|$)/.exec(specifier)?.[1]
const vendorOf = (specifier: string): string => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier

/** Every breach of every rule, in the order of the files. */
export function breachesOf(sources: readonly Source[], entries: Entries): Breach[] {
  const paths = new Set(sources.map((source) => source.path))
  const files = sources.map((source) => parse(source, paths, entries))
  const byPath = new Map(files.map((file) => [file.path, file]))
  const found: Breach[] = []
  for (const file of files) {
    const report = (rule: Rule, line: number, what: string): number =>
      found.push({ file: file.path, line, rule, what })
    for (const each of file.imports) checkImport(file, each, entries, report)
    if (file.package === '') continue
    checkSyntax(file, report)
    checkRooms(file, byPath, report)
    const lines = file.tree.getLineStarts().length - (file.tree.text.endsWith('\n') ? 1 : 0)
    if (lines > MAX_LINES) report('length', lines, `${lines} lines`)
    if (/\/(utils?|common|helpers?)(\.ts$|\/)/.test(file.path))
      report('drawer', 1, 'a name that says nothing')
  }
  return [...found, ...oneRruleFile(files), ...lightEntries(byPath, entries), ...cyclesOf(byPath)]
}

type Report = (rule: Rule, line: number, what: string) => void

function parse({ path, text }: Source, paths: ReadonlySet<string>, entries: Entries): Parsed {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
  const imports = tree.statements.flatMap((node): Import[] => {
    if (!ts.isImportDeclaration(node) && !ts.isExportDeclaration(node)) return []
    if (node.moduleSpecifier === undefined || !ts.isStringLiteral(node.moduleSpecifier)) return []
    const specifier = node.moduleSpecifier.text
    const relative = specifier.startsWith('.')
      ? normalize(join(dirname(path), specifier)).replace(/\.js$/, '.ts')
      : undefined
    const target =
      relative === undefined ? entries.get(specifier) : paths.has(relative) ? relative : undefined
    const type = ts.isExportDeclaration(node) ? node.isTypeOnly : node.importClause?.isTypeOnly === true
    return [{ specifier, line: lineOf(tree, node), type, target }]
  })
  return { path, tree, package: packageOf(path), imports }
}

const lineOf = (tree: ts.SourceFile, node: ts.Node): number =>
  tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1

function checkImport(file: Parsed, { specifier, line }: Import, entries: Entries, report: Report): void {
  const { path } = file
  const what = `imports ${specifier}`
  if (specifier.startsWith('.')) {
    const target = normalize(join(dirname(path), specifier))
    const home = file.package === '' ? dirname(path).split('/')[0] : `packages/${file.package}`
    if (!target.startsWith(`${home}/`)) report('by-name', line, what)
    return
  }
  const owner = ownerOf(specifier)
  if (owner !== undefined) {
    if (!entries.has(specifier)) report('by-name', line, `${what}, which is not exported`)
    if (file.package !== '') checkFloor(file.package, owner, report, line, what)
    return
  }
  if (file.package === '') return
  const vendor = vendorOf(specifier)
  if (specifier.startsWith('node:') || BUILTINS.has(vendor)) {
    if (!(isCommand(path) || isNodeEntry(path) || isStore(path))) report('node', line, what)
  }
  if (vendor === 'luxon' && !/^packages\/calendar\/src\/(import|format)\b/.test(path))
    report('luxon', line, what)
  if (vendor === 'immer' && !/\/src\/(edit|merge[^/]*)(\.ts$|\/)/.test(path)) report('immer', line, what)
  if (vendor === 'fp-ts') {
    const door = /\/src\/(compile|open)(\.ts$|\/)/.test(path) || isCommand(path)
    if (!door || !/^fp-ts\/lib\/\w+\.js$/.test(specifier)) report('fp-ts', line, what)
  }
  if (vendor === 'rrule' && !/^packages\/calendar\/src\/(recur|import)\b/.test(path))
    report('rrule', line, what)
  if (COMMAND_LIBRARIES.has(vendor) && !isCommand(path)) report('command', line, what)
  if (OPTIONAL_PEERS.has(vendor) && !path.includes(`/src/${vendor.split('/').pop()}`))
    report('peer', line, what)
}

function checkFloor(from: string, to: string, report: Report, line: number, what: string): void {
  if (to === 'clientele') report('front-door', line, what)
  else if (from === 'core') report('core-alone', line, what)
  else if (from === 'clientele') return
  else if (from === 'calendar' || from === 'testkit' || from.startsWith('store-')) {
    if (to !== 'core') report('ground-floor', line, what)
  } else if (to !== 'core' && to !== 'calendar') report('ground-floor', line, what)
}

function checkRooms(file: Parsed, byPath: ReadonlyMap<string, Parsed>, report: Report): void {
  if (file.package === 'core' || file.package === 'testkit' || file.package === 'clientele') return
  const room = roomOf(file.path)
  const allowed = ROOMS[room]
  const seen = new Set<string>([file.path])
  const reach = (from: Parsed, line: number | undefined): void => {
    for (const { target, line: at } of from.imports) {
      if (target === undefined || packageOf(target) !== file.package || seen.has(target)) continue
      const other = roomOf(target)
      const via = from === file ? '' : ` through ${from.path}`
      if (other === 'open' && room !== 'open' && room !== 'index')
        report('rooms', line ?? at, `imports open${via}`)
      if (allowed === undefined || other === room) continue
      if (other === 'index') report('rooms', line ?? at, `${room} imports index${via}`)
      else if (other in ROOMS) {
        if (!allowed.includes(other) && other !== 'open')
          report('rooms', line ?? at, `${room} imports ${other}${via}`)
      } else {
        seen.add(target)
        const next = byPath.get(target)
        if (next !== undefined) reach(next, line ?? at)
      }
    }
  }
  reach(file, undefined)
}

// `window` is not among them: here it is a window of time, and the compiler knows no other
const AMBIENT: ReadonlySet<string> = new Set(
  ['process', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'performance', 'crypto'].concat([
    'console',
    'fetch',
    'navigator',
    'document',
    'localStorage',
    'Buffer',
    '__dirname',
    '__filename',
  ]),
)

function checkSyntax({ path, tree, imports }: Parsed, report: Report): void {
  const say = (rule: Rule, node: ts.Node, what: string): void => report(rule, lineOf(tree, node), what)
  const ours = new Set<string>()
  for (const statement of tree.statements) {
    if (ts.isClassDeclaration(statement) && statement.name) ours.add(statement.name.text)
    if (ts.isImportDeclaration(statement)) {
      const from = imports.find((each) => each.line === lineOf(tree, statement))?.specifier ?? ''
      const bindings = statement.importClause?.namedBindings
      if (bindings && ts.isNamedImports(bindings) && (from.startsWith('.') || ownerOf(from) !== undefined)) {
        for (const element of bindings.elements) ours.add(element.name.text)
      }
    }
    if (ts.isVariableStatement(statement) && !(statement.declarationList.flags & ts.NodeFlags.Const)) {
      if (!isDeclared(statement)) say('copies', statement, 'let at module level')
    }
  }
  const visit = (node: ts.Node, depth: number): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return
    if (
      ts.isExportDeclaration(node) &&
      (node.exportClause === undefined || ts.isNamespaceExport(node.exportClause))
    ) {
      const front = node.exportClause !== undefined && path === 'packages/clientele/src/index.ts'
      if (!front && node.moduleSpecifier) say('named', node, 'export *')
    }
    if (ts.isExportAssignment(node)) say('named', node, 'default export')
    if (
      ts.canHaveModifiers(node) &&
      ts.getModifiers(node)?.some((each) => each.kind === ts.SyntaxKind.DefaultKeyword)
    ) {
      say('named', node, 'default export')
    }
    if (ts.isEnumDeclaration(node)) say('enum', node, `enum ${node.name.text}`)
    if (ts.isModuleDeclaration(node) && !isDeclared(node))
      say('enum', node, `namespace ${node.name.getText(tree)}`)
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword &&
      !isCommand(path)
    ) {
      if (ts.isIdentifier(node.right) && ours.has(node.right.text))
        say('copies', node, `instanceof ${node.right.text}`)
    }
    if (ts.isCallExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword && !isAdapter(path))
        say('safe', node, 'dynamic import')
      if (depth === 0 && node.expression.getText(tree) === 'enablePatches')
        say('copies', node, 'enablePatches() on import')
    }
    if (ts.isIdentifier(node) && isReference(node)) checkName(node, path, say)
    const inner = ts.isFunctionLike(node) ? depth + 1 : depth
    ts.forEachChild(node, (child) => visit(child, inner))
  }
  visit(tree, 0)
}

const isDeclared = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node)?.some((each) => each.kind === ts.SyntaxKind.DeclareKeyword) ?? false)

/** An identifier that names a value from outside, not a property, a key or a declaration. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.initializer === node
  return !(
    ts.isBindingElement(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isPropertyDeclaration(parent)
  )
}

function checkName(
  node: ts.Identifier,
  path: string,
  say: (rule: Rule, node: ts.Node, what: string) => void,
): void {
  const { text, parent } = node
  const member = ts.isPropertyAccessExpression(parent) && parent.expression === node ? parent.name.text : ''
  const called = (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === node
  const bare = called && (parent.arguments === undefined || parent.arguments.length === 0)
  if (text === 'Intl' && !/^packages\/core\/src\/zone/.test(path)) say('intl', node, 'Intl')
  if ((text === 'eval' || text === 'Function') && called) say('safe', node, text)
  if (isAdapter(path)) return
  if (AMBIENT.has(text)) say('pure', node, text)
  if (text === 'Math' && member === 'random') say('pure', node, 'Math.random')
  if (text === 'Date' && (member === 'now' || bare || (called && ts.isCallExpression(parent)))) {
    say('pure', node, member === 'now' ? 'Date.now' : 'the current Date')
  }
}

function oneRruleFile(files: readonly Parsed[]): Breach[] {
  const users = files.flatMap((file) =>
    file.package === ''
      ? []
      : file.imports
          .filter((each) => vendorOf(each.specifier) === 'rrule')
          .map((each) => ({ file: file.path, line: each.line })),
  )
  return users
    .slice(1)
    .map((at) => ({ ...at, rule: 'rrule', what: `rrule is imported by ${users[0]?.file} already` }))
}

/** What a main entry must not pull in, followed through our own files. */
function lightEntries(byPath: ReadonlyMap<string, Parsed>, entries: Entries): Breach[] {
  const isHeavy = (specifier: string): boolean => {
    const vendor = vendorOf(specifier)
    return (
      specifier.startsWith('node:') ||
      BUILTINS.has(vendor) ||
      OPTIONAL_PEERS.has(vendor) ||
      COMMAND_LIBRARIES.has(vendor) ||
      ['luxon', 'rrule', 'immer'].includes(vendor)
    )
  }
  const found: Breach[] = []
  for (const [name, source] of entries) {
    if (
      ownerOf(name) === undefined ||
      name.replace(/^@clientele\//, '').includes('/') ||
      name.includes('store-')
    )
      continue
    const seen = new Set<string>()
    const walk = (path: string, trail: readonly string[]): void => {
      const file = byPath.get(path)
      if (file === undefined || seen.has(path)) return
      seen.add(path)
      for (const { specifier, target, line, type } of file.imports) {
        if (type) continue
        if (isHeavy(specifier))
          found.push({
            file: path,
            line,
            rule: 'light',
            what: `${specifier} reached by ${[name, ...trail].join(' > ')}`,
          })
        if (target !== undefined) walk(target, [...trail, target])
      }
    }
    walk(source, [])
  }
  return found
}

function cyclesOf(byPath: ReadonlyMap<string, Parsed>): Breach[] {
  const found: Breach[] = []
  const done = new Set<string>()
  const walk = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path)
    if (start >= 0) {
      found.push({ file: path, line: 1, rule: 'cycle', what: [...trail.slice(start), path].join(' > ') })
      return
    }
    if (done.has(path)) return
    for (const { target } of byPath.get(path)?.imports ?? [])
      if (target !== undefined) walk(target, [...trail, path])
    done.add(path)
  }
  for (const path of byPath.keys()) walk(path, [])
  return found
}
