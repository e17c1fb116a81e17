// Touches of which nothing is known but when they were: what a row of instants becomes where whole touches must be kept.

import { type Message, messageOf } from '../message.js'
import type { Line } from '../places/timeline.js'
import type { Table } from '../table.js'

/** In place of the handle: whose it was is not known, so no erasure looks for it by handle. */
const NOBODY = -1

/** A message that counts one place in a stream, whatever was told. */
export const bareMessage = (table: Table, stream: number): Message => ({
  ...messageOf(table, {}),
  grants: [],
  begins: [],
  ends: [],
  takes: [{ stream, weight: 1, key: '' }],
})

/** A line of it. No touch that is known by an id has the number 0, so that none takes it back. */
export const bareLine = (message: Message, at: number): Line => ({
  at,
  seq: 0,
  until: Number.POSITIVE_INFINITY,
  weight: 1,
  message,
  recipient: NOBODY,
})

/** Whether only the instant of a line is known. */
export const isBare = ({ recipient }: Line): boolean => recipient === NOBODY
