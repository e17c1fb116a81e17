// Writes the published JSON Schemas from the constants of the built packages; a test holds them equal.
//   npm run build:js && node .ci/schemas.mjs && npx biome check --write packages
import { existsSync, writeFileSync } from 'node:fs'

const published = [
  ['core/dist/condition.js', 'core/condition.schema.json'],
  ['calendar/dist/schema.js', 'calendar/schema.json'],
  ['sla/dist/index.js', 'sla/schema.json'],
  ['contact/dist/index.js', 'contact/schema.json'],
  ['entitlements/dist/index.js', 'entitlements/schema.json'],
]
for (const [source, file] of published) {
  const built = new URL(`../packages/${source}`, import.meta.url)
  if (!existsSync(built)) throw new Error(`${source} is not built`)
  const { schema } = await import(built.href)
  if (schema === undefined) throw new Error(`${source} exports no schema`)
  writeFileSync(new URL(`../packages/${file}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`)
}
