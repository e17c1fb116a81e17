// The command line as a library: a host may run it in its own process, with streams of its own.

export type { Io, Terminal } from './io.js'
export { processIo } from './io.js'
export { main } from './main.js'
