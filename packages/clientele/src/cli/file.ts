// Files as the command line meets them: definitions read whole, inputs streamed, outputs that appear only when whole.

import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { type Either, left, right } from '@clientele/core'
import { type Io, pathOf } from './io.js'
import { locate } from './locate.js'

/** Why a file cannot be used. Printed as a line of JSON on standard error; exit code 2. */
export interface FileIssue {
  readonly code:
    | 'missing-file'
    | 'unreadable-file'
    | 'unwritable-file'
    | 'empty-file'
    | 'not-text'
    | 'too-large'
    | 'bad-json'
    | 'bad-csv'
  readonly path: string
  readonly file: string
  readonly message: string
  readonly line?: number
  readonly column?: number
}

/** A definition larger than this is refused unread. */
const LARGEST_DEFINITION = 64 * 1024 * 1024

const REASONS: { readonly [code: string]: string } = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  ELOOP: 'its links go in a circle',
  EMFILE: 'too many files are open',
  EEXIST: 'there is a file of this name',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason'

const unusable = (file: string, error: unknown, how: 'unreadable-file' | 'unwritable-file'): FileIssue => {
  const code = codeOf(error)
  if (code === 'ENOENT' && how === 'unreadable-file') {
    return { code: 'missing-file', path: '', file, message: `there is no file ${file}` }
  }
  const verb = how === 'unreadable-file' ? 'read' : 'written'
  const reason = code === 'ENOENT' ? 'its folder does not exist' : (REASONS[code] ?? code)
  return { code: how, path: '', file, message: `${file} cannot be ${verb}: ${reason}` }
}

const textOf = (file: string, bytes: Buffer): Either<FileIssue, string> => {
  if (!isUtf8(bytes) || bytes.includes(0)) {
    return left({ code: 'not-text', path: '', file, message: `${file} is no text in UTF-8` })
  }
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  return text.trim() === ''
    ? left({ code: 'empty-file', path: '', file, message: `${file} is empty` })
    : right(text)
}

/** The text of a small file, or of standard input: UTF-8, not empty, no byte order mark. */
export const readText = async (io: Io, file: string | undefined): Promise<Either<FileIssue, string>> => {
  const source = await openSource(io, file)
  if (source._tag === 'Left') return source
  const name = file ?? 'standard input'
  const { stream } = source.right
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk as Uint8Array | string)
      size += bytes.length
      if (size > LARGEST_DEFINITION) {
        return left({ code: 'too-large', path: '', file: name, message: `${name} is larger than 64 MB` })
      }
      chunks.push(bytes)
    }
    return textOf(name, Buffer.concat(chunks))
  } catch (error) {
    return left(unusable(name, error, 'unreadable-file'))
  } finally {
    stream.destroy()
  }
}

/** The JSON of a small file, or the line and column where it stops being JSON. */
export const readJson = async (io: Io, file: string): Promise<Either<FileIssue, unknown>> => {
  const text = await readText(io, file)
  if (text._tag === 'Left') return text
  try {
    return right(JSON.parse(text.right) as unknown)
  } catch {
    const { line, column, expected } = locate(text.right) ?? { line: 1, column: 1, expected: 'JSON' }
    const message = `${file}, line ${line}, column ${column}: expected ${expected}`
    return left({ code: 'bad-json', path: '', file, message, line, column })
  }
}

/** An input to stream, with its size where that is known. */
export interface Source {
  readonly stream: Readable
  readonly bytes: number | undefined
}

/** The name that means standard input or output. */
export const STANDARD = '-'

/** Opens `--in`, or standard input when there is none. */
export const openSource = async (io: Io, file: string | undefined): Promise<Either<FileIssue, Source>> => {
  if (file === undefined || file === STANDARD) return right({ stream: io.stdin, bytes: undefined })
  try {
    const handle = await open(pathOf(io, file), 'r')
    const about = await handle.stat()
    if (about.isDirectory()) {
      await handle.close()
      return left({
        code: 'unreadable-file',
        path: '',
        file,
        message: `${file} cannot be read: it is a folder`,
      })
    }
    const stream = createReadStream('', { fd: handle, highWaterMark: 256 * 1024 })
    return right({ stream, bytes: about.isFile() ? about.size : undefined })
  } catch (error) {
    return left(unusable(file, error, 'unreadable-file'))
  }
}

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

/** Each folder on the way. Not `recursive`: with that Node tries for ever where a file system lets nobody, as in /proc. */
const makeOnTheWay = async (path: string): Promise<void> => {
  if (await isFolder(path)) return
  const above = dirname(path)
  if (above !== path) await makeOnTheWay(above)
  try {
    await mkdir(path)
  } catch (error) {
    // somebody else may have been quicker
    if (!(await isFolder(path))) throw error
  }
}

/** Makes a folder and those above it, unless they are there. */
export const makeFolder = async (io: Io, folder: string): Promise<Either<FileIssue, undefined>> => {
  try {
    await makeOnTheWay(pathOf(io, folder))
    return right(undefined)
  } catch (error) {
    const code = codeOf(error)
    const reason = code === 'ENOENT' ? 'nothing can be made there' : (REASONS[code] ?? code)
    const message = `the folder ${folder} cannot be made: ${reason}`
    return left({ code: 'unwritable-file', path: '', file: folder, message })
  }
}

/** A file being written. It takes its name only at `close`; `abandon` leaves nothing behind. */
export interface Draft {
  write(text: string): Promise<void>
  close(): Promise<void>
  abandon(): Promise<void>
}

const direct = (handle: FileHandle): Draft => ({
  write: (text) => handle.appendFile(text),
  close: () => handle.close(),
  abandon: () => handle.close(),
})

const asPlainFile = async (path: string): Promise<{ path: string; special: boolean }> => {
  try {
    const real = await realpath(path)
    return { path: real, special: !(await stat(real)).isFile() }
  } catch {
    return { path, special: false }
  }
}

/**
 * Opens a file for writing beside its final place; a device or a pipe is written to directly. A link keeps being one:
 * what it points to is replaced.
 */
export const openDraft = async (io: Io, file: string): Promise<Either<FileIssue, Draft>> => {
  try {
    const { path, special } = await asPlainFile(pathOf(io, file))
    if (special) return right(direct(await open(path, 'w')))
    const beside = join(dirname(path), `.${basename(path)}.${process.pid}.part`)
    const handle = await open(beside, 'w')
    const { close } = direct(handle)
    return right({
      write: (text) => handle.appendFile(text),
      close: async () => {
        await close()
        await rename(beside, path)
      },
      abandon: async () => {
        await close()
        await rm(beside, { force: true })
      },
    })
  } catch (error) {
    return left(unusable(file, error, 'unwritable-file'))
  }
}

/** Writes a whole file at once, under the same promise. */
export const writeWhole = async (
  io: Io,
  file: string,
  text: string,
): Promise<Either<FileIssue, undefined>> => {
  const draft = await openDraft(io, file)
  if (draft._tag === 'Left') return draft
  try {
    await draft.right.write(text)
    await draft.right.close()
    return right(undefined)
  } catch (error) {
    await draft.right.abandon()
    return left(unusable(file, error, 'unwritable-file'))
  }
}
