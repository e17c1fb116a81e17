// The pages as a person meets them, in a real browser: the demo's report from a file, the site from a server on this machine.
// Nothing may be asked of any other address. CHROMIUM names the browser; screenshots are left in the reports folder.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { extname, join, normalize } from 'node:path'
import { pathToFileURL } from 'node:url'

const { chromium } = createRequire(new URL('../docs/package.json', import.meta.url))('playwright-core')
const reports = 'node_modules/.cache/reports'
const site = 'docs/.vitepress/dist'
const results = []

const check = (name, problem) => {
  results.push(problem)
  console.log(problem ? `failed  ${name}: ${problem}` : `ok      ${name}`)
}

/** A page that remembers what went wrong on it and what it asked for outside. */
async function open(browser, url, width) {
  const page = await browser.newPage({ viewport: { width, height: 900 } })
  const troubles = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
  page.on('request', (request) => {
    if (!/^(file:|data:|blob:|http:\/\/127\.0\.0\.1:)/.test(request.url()))
      troubles.push(`asked for ${request.url()}`)
  })
  page.on('requestfailed', (request) => troubles.push(`failed ${request.url()}`))
  await page.goto(url, { waitUntil: 'networkidle' })
  return { page, troubles }
}

const tooWide = (page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = globalThis.document.documentElement
    return scrollWidth > clientWidth ? `${scrollWidth} px of content in ${clientWidth} px` : undefined
  })

async function checkReport(browser) {
  const out = `${reports}/demo`
  mkdirSync(out, { recursive: true })
  const demo = ['packages/clientele/bin/clientele.js', 'demo', '--tickets', '800', '--out', out]
  const { status } = spawnSync('node', demo, { stdio: ['ignore', 'ignore', 'inherit'] })
  check('the demo runs', status === 0 ? undefined : `exit ${status}`)
  for (const [width, scheme] of [
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
  ]) {
    const { page, troubles } = await open(browser, pathToFileURL(`${out}/report.html`).href, width)
    await page.emulateMedia({ colorScheme: scheme })
    const name = `the report, ${width} px, ${scheme}`
    check(`${name}: no error, nothing asked of the network`, troubles.join('; ') || undefined)
    check(`${name}: fits its window`, await tooWide(page))
    const charts = await page.locator('svg').count()
    check(`${name}: has charts, each with a title`, await untitled(page, charts))
    await page.screenshot({ path: `${reports}/report-${width}-${scheme}.png`, fullPage: true })
    await page.close()
  }
}

const untitled = async (page, charts) => {
  if (charts === 0) return 'no chart at all'
  const bare = await page.locator('svg:not(:has(title)):not([aria-hidden="true"])').count()
  return bare === 0 ? undefined : `${bare} of ${charts} without a title`
}

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
}

const serve = () =>
  new Promise((ready) => {
    const server = createServer((request, response) => {
      const path = normalize(decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname))
      const found = [path, `${path}.html`, join(path, 'index.html')]
        .map((file) => join(site, file))
        .find((file) => existsSync(file) && extname(file) !== '')
      response.writeHead(found ? 200 : 404, {
        'content-type': TYPES[extname(found ?? '')] ?? 'application/octet-stream',
      })
      response.end(found ? readFileSync(found) : '')
    })
    server.listen(0, '127.0.0.1', () => ready(server))
  })

async function checkSite(browser) {
  if (!existsSync(`${site}/index.html`)) return check('the site is built', 'run npm run docs first')
  const server = await serve()
  const home = `http://127.0.0.1:${server.address().port}/`
  const { page, troubles } = await open(browser, home, 1280)
  await page.keyboard.press('Control+k')
  await page.locator('#localsearch-input').fill('explainAdd')
  await page.waitForTimeout(1500)
  const hits = await page.locator('.VPLocalSearchBox .result').count()
  check('the site: a search for explainAdd finds pages', hits > 0 ? undefined : 'nothing found')
  check('the site: no error, nothing asked of the network', troubles.join('; ') || undefined)
  await page.screenshot({ path: `${reports}/site.png` })
  server.close()
}

mkdirSync(reports, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
await checkReport(browser)
await checkSite(browser)
await browser.close()

const failed = results.filter(Boolean).length
const report = { numPassedTests: results.length - failed, numFailedTests: failed, success: failed === 0 }
writeFileSync(`${reports}/pages.json`, JSON.stringify(report))
process.exitCode = failed > 0 ? 1 : 0
