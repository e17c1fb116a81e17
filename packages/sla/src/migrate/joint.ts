// The table after an edit: the new policy, which lines are judged by, and beside it what registers still point to of the
// old one. Old hours keep their rows, so nothing counted under them is counted again.

import { type Remembered, TARGET_SHIFT, type Table, type TargetColumns } from '../table.js'

const shifted = (hours: Int32Array, by: number): Int32Array => hours.map((row) => (row < 0 ? row : row + by))

/** The new policy with the old hours remembered before its own. */
export const withOldHours = (before: Table, after: Table): Table => {
  const from = before.hours.length
  return Object.freeze({
    ...after,
    hours: [...before.hours, ...after.hours.slice(after.hoursFrom)],
    hoursFrom: from,
    remembered: [...before.remembered, { definition: before.definition, what: 'hours' as const }],
    targets: { ...after.targets, hours: shifted(after.targets.hours, from - after.hoursFrom) },
  })
}

const joined = (after: TargetColumns, before: TargetColumns): TargetColumns => ({
  name: [...after.name, ...before.name],
  path: [...after.path, ...before.path],
  when: [...after.when, ...before.when],
  within: Float64Array.from([...after.within, ...before.within]),
  notBefore: Float64Array.from([...after.notBefore, ...before.notBefore]),
  hours: Int32Array.from([...after.hours, ...before.hours]),
  markFrom: Int32Array.from([
    ...after.markFrom,
    ...before.markFrom.subarray(1).map((k) => k + after.markAt.length),
  ]),
  markAt: Float64Array.from([...after.markAt, ...before.markAt]),
  markBit: Int32Array.from([...after.markBit, ...before.markBit]),
})

/** The same with the old targets remembered after its own, for clocks that ended under them. */
export const withOldTargets = (before: Table, after: Table): Table => {
  const joint = withOldHours(before, after)
  const remembered = [...before.remembered, { definition: before.definition, what: 'targets' as const }]
  return Object.freeze({ ...joint, remembered, targets: joined(joint.targets, before.targets) })
}

/** The row of a clock's target in the joint columns. */
export const oldTarget = (after: Table, target: number): number => target + after.targets.within.length

/** The target that a symbol names, as a row of the columns; −1 for none. */
export const targetOfSymbol = (table: Table, clock: number, symbol: number): number => {
  const place = (symbol >>> TARGET_SHIFT) - 1
  return place < 0 ? -1 : table.clocks[clock]!.targets[0] + place
}

/** The same joints again, from the policies themselves: `tables` as remembered, then the present one. */
export const rejoin = (remembered: readonly Remembered[], tables: readonly Table[], present: Table): Table =>
  [...tables, present].reduce((before, after, i) =>
    remembered[i - 1]!.what === 'hours' ? withOldHours(before, after) : withOldTargets(before, after),
  )
