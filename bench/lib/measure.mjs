// Measuring: contestants take turns, rates are of CPU time, ratios are medians over the turns. A machine shared with others
// lies about wall time, and about the absolute; a ratio of neighbors in time it cannot spoil.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]
}

/** CPU seconds of one call, repeated until they are worth reading. */
const timed = (play, atLeast) => {
  const start = cpuSeconds()
  let calls = 0
  let spent = 0
  do {
    play()
    calls++
    spent = cpuSeconds() - start
  } while (spent < atLeast)
  return spent / calls
}

/**
 * Lets contestants take turns. Each is `{ name, operations, play }`, where one `play` does so many operations.
 * Answers `{ name, rate, low, high, ratio }`: operations a CPU second (median, least, most), and the median over the turns
 * of its rate against that of the first contestant.
 */
export const race = (contestants, { turns = 5, atLeast = 0.15 } = {}) => {
  for (const { play } of contestants) timed(play, atLeast)
  const rates = contestants.map(() => [])
  for (let turn = 0; turn < turns; turn++) {
    for (const [i, { operations, play }] of contestants.entries())
      rates[i].push(operations / timed(play, atLeast))
  }
  return contestants.map(({ name }, i) => ({
    name,
    rate: median(rates[i]),
    low: Math.min(...rates[i]),
    high: Math.max(...rates[i]),
    ratio: median(rates[i].map((rate, turn) => rate / rates[0][turn])),
  }))
}

/** Percentiles of single calls in nanoseconds, read from the clock around each; the clock's own cost is in them. */
export const latencies = (call, calls = 200_000) => {
  for (let i = 0; i < calls; i++) call(i)
  const spent = new Float64Array(calls)
  for (let i = 0; i < calls; i++) {
    const start = process.hrtime.bigint()
    call(i)
    spent[i] = Number(process.hrtime.bigint() - start)
  }
  spent.sort()
  const at = (share) => spent[Math.min(calls - 1, Math.floor(share * calls))]
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), p999: at(0.999) }
}

/** Bytes allocated a call: the least of five tries, since what is not the call's own (a compiler at work) comes and goes. */
export const allocated = (play, operations) => {
  // long enough for the compiler to be done with it
  for (let i = 0; i < 20; i++) play()
  const tries = Array.from({ length: 5 }, () => {
    // calls too few for the collector to run in between
    collect()
    const before = process.memoryUsage().heapUsed
    play()
    return process.memoryUsage().heapUsed - before
  })
  return Math.max(0, Math.min(...tries)) / operations
}

/** Bytes that what `make` returns keeps alive. */
export const retained = (make) => {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  const kept = make()
  collect()
  const after = process.memoryUsage()
  return { kept, bytes: after.heapUsed + after.arrayBuffers - heapUsed - arrayBuffers }
}

/** Millions of turns a CPU second of a loop that never changes: what this machine gave on the day. */
export const calibration = () => {
  const turns = 20_000_000
  const loop = () => {
    let x = 1
    for (let i = 0; i < turns; i++) x = (Math.imul(x, 1_103_515_245) + 12_345) | 0
    return x
  }
  return race([{ name: 'calibration', operations: turns, play: loop }])[0].rate
}
