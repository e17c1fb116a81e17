// The site: search built in, nothing from outside, a side bar read from the folders.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'

const docs = fileURLToPath(new URL('..', import.meta.url))

/** A page's first heading, without the marks of Markdown. */
function titleOf(path) {
  const heading = /^# (.+)$/m.exec(readFileSync(docs + path, 'utf8'))?.[1] ?? path
  const plain = heading.replace(/[`\\]/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  // the side bar takes titles as HTML, and `Reader<I>` would turn the page italic
  return plain.replaceAll('<', '&lt;')
}

const linkOf = (path) => `/${path.replace(/(index)?\.md$/, '')}`

/** The pages of a folder, then its folders; a folder's own page is its `index.md`. */
function pagesOf(folder) {
  if (!existsSync(docs + folder)) return []
  const found = readdirSync(docs + folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  const pages = found.filter((each) => each.isFile() && each.name.endsWith('.md') && each.name !== 'index.md')
  const folders = found.filter((each) => each.isDirectory())
  return [
    ...pages.map(({ name }) => ({ text: titleOf(`${folder}/${name}`), link: linkOf(`${folder}/${name}`) })),
    ...folders.map(({ name }) => groupOf(name, `${folder}/${name}`)),
  ]
}

function groupOf(text, folder) {
  const index = `${folder}/index.md`
  const group = { text, collapsed: true, items: pagesOf(folder) }
  return existsSync(docs + index) ? { ...group, link: linkOf(index) } : group
}

const reading = [
  { ...groupOf('Guide', 'guide'), collapsed: false },
  { text: 'Design', link: '/design' },
  groupOf('Decisions', 'decisions'),
  { text: 'API', link: '/api/' },
]

export default defineConfig({
  title: 'Clientele',
  description: 'Pure TypeScript packages with the rules of good service inside',
  head: [['link', { rel: 'icon', href: '/favicon.svg' }]],
  lastUpdated: false,
  ignoreDeadLinks: false,
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    // the API has hundreds of pages: its own bar, so that no other page carries it
    sidebar: { '/api/': [{ text: 'Clientele', link: '/' }, ...pagesOf('api')], '/': reading },
  },
})
