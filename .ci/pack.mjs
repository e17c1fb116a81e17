// Packs every package into a folder: the tarballs a registry would serve.
//   node .ci/pack.mjs out
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** Packs into `out`, emptied first; answers `{ folder, name, version, file }` for each package. */
export function pack(out) {
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  return readdirSync('packages').map((folder) => {
    const license = `packages/${folder}/LICENSE`
    copyFileSync('LICENSE', license)
    try {
      const args = ['pack', `./packages/${folder}`, '--pack-destination', out, '--json', '--ignore-scripts']
      const { status, stdout, stderr } = spawnSync('npm', args, {
        encoding: 'utf8',
        shell: process.platform === 'win32',
      })
      if (status !== 0) throw new Error(`npm pack of ${folder} failed:\n${stderr}`)
      const [{ name, version, filename, size }] = JSON.parse(stdout)
      return { folder, name, version, size, file: `${out}/${filename.replace('@', '').replace('/', '-')}` }
    } finally {
      rmSync(license)
    }
  })
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { file, size } of pack(process.argv[2] ?? 'out'))
    console.log(`${file}  ${(size / 1024).toFixed(1)} kB`)
}
