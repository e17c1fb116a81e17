// Conditions as text, by which those that ask the same are found to be equal.

import type { Table as ConditionTable } from '@clientele/core/condition'

/** Words for people change nothing, and are of any size. */
const SILENT = ['label', 'meta']

/**
 * What a condition asks, as text. Nothing is told of one that was refused: it may be of any size, and a policy with such a
 * condition has no table.
 */
export const conditionText = (value: unknown, table: ConditionTable | undefined): string =>
  table === undefined
    ? 'null'
    : JSON.stringify(value, (key, part: unknown) => (SILENT.includes(key) ? undefined : part))
