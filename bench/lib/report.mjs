// What a suite found: a table on the screen, JSON beside it, and an HTML page with charts that needs no network.

import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import * as vega from 'vega'
import { compile } from 'vega-lite'

const folder = new URL('../results/', import.meta.url)

export const short = (rate) => {
  if (rate >= 1e6) return `${(rate / 1e6).toFixed(1)} M/s`
  return rate >= 1e3 ? `${(rate / 1e3).toFixed(1)} k/s` : `${rate.toFixed(1)}/s`
}

const ratio = (value) => (value >= 100 ? `${Math.round(value)}×` : `${value.toPrecision(2)}×`)

/** Prints the contestants of a group: rate, spread, and what the first is to each. */
export const printGroup = ({ title, results }) => {
  console.log(`\n${title}`)
  const width = Math.max(...results.map(({ name }) => name.length))
  for (const { name, rate, low, high, ratio: own } of results) {
    const against = own === 1 ? '' : `   first is ${ratio(1 / own)} of it`
    console.log(
      `  ${name.padEnd(width)}  ${short(rate).padStart(11)}  (${short(low)} – ${short(high)})${against}`,
    )
  }
}

const chart = async (group) => {
  const spec = {
    title: group.title,
    width: 640,
    height: { step: 24 },
    data: { values: group.results.map(({ name, rate }) => ({ name, rate, label: short(rate) })) },
    encoding: {
      y: { field: 'name', sort: null, title: null, axis: { labelLimit: 320 } },
      x: {
        field: 'rate',
        scale: { type: 'log', domainMin: 100 },
        title: 'operations a CPU second (logarithmic)',
      },
    },
    layer: [
      { mark: { type: 'bar', color: '#2f6f9f' } },
      { mark: { type: 'text', align: 'left', dx: 4 }, encoding: { text: { field: 'label' } } },
    ],
  }
  return new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' }).toSVG()
}

const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

const page = (report, charts) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Clientele bench: ${escaped(report.suite)}</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733 }
  svg { max-width: 100%; height: auto }
  table { border-collapse: collapse } td, th { padding: .2rem .8rem .2rem 0; text-align: left }
  td + td { font-variant-numeric: tabular-nums }
</style>
<h1>${escaped(report.suite)}</h1>
<p>Node ${escaped(report.node)}, ${escaped(report.cpu)}, ${escaped(report.at)}. Rates are of CPU time, contestants take turns;
a plain integer loop made ${short(report.calibration)} turns on the same machine.</p>
${charts.join('\n')}
<h2>Figures</h2>
<table>${Object.entries(report.figures)
  .map(([name, value]) => `<tr><td>${escaped(name)}</td><td>${escaped(value)}</td></tr>`)
  .join('\n')}</table>
</html>
`

/** Saves a suite's findings as `results/<suite>.json` and `results/<suite>.html`. */
export const save = async (findings) => {
  const report = {
    ...findings,
    at: new Date().toISOString().slice(0, 10),
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
  }
  mkdirSync(folder, { recursive: true })
  const charts = []
  for (const group of report.groups) charts.push(await chart(group))
  writeFileSync(new URL(`${report.suite}.json`, folder), `${JSON.stringify(report, null, 2)}\n`)
  writeFileSync(new URL(`${report.suite}.html`, folder), page(report, charts))
  console.log(`\nsaved bench/results/${report.suite}.json and .html`)
}
