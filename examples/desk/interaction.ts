// The one line every engine of the desk reads, and the one it writes.

import type { Ledger } from '@clientele/core'

/** What reached the desk or happened on it. No engine renames a field. */
export interface Interaction {
  readonly id: string
  /** ISO 8601 with an offset. */
  readonly at: string
  readonly customer: string
  readonly subject: string
  readonly channel: string
  readonly event: string
  readonly facts?: { readonly [name: string]: unknown }
}

/** What an engine decided, and why. */
export interface Decision {
  readonly at: string
  readonly engine: string
  readonly subject: string
  readonly decision: string
  readonly facts: { readonly [name: string]: unknown }
  readonly ledger: Ledger
}

/** An engine at work on the desk: interactions in, decisions out. It keeps what state it needs. */
export type Engine = (interaction: Interaction) => readonly Decision[]
