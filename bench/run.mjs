// npm run bench -- calendar sla
// Each suite is `<name>.mjs` with `export const run = async () => ({ suite, groups, figures })`.

// most rivals know no zone but the host's; it must be set before any of them is loaded
process.env.TZ = 'Europe/Moscow'

const known = ['calendar', 'condition', 'sla', 'contact']
const asked = process.argv.slice(2)
const wrong = asked.filter((name) => !known.includes(name))
if (wrong.length > 0) {
  console.error(`no suite ${wrong.join(', ')}; there are ${known.join(', ')}`)
  process.exit(2)
}
const { calibration } = await import('./lib/measure.mjs')
const { save } = await import('./lib/report.mjs')
for (const name of asked.length > 0 ? asked : known) {
  const { run } = await import(`./${name}.mjs`)
  await save({ calibration: calibration(), ...(await run()) })
}
