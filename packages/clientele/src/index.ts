// The front door: every engine as a namespace, under one name. Safe for browsers; the command line is `clientele/cli`.

import * as Calendar from '@clientele/calendar'
import * as Contact from '@clientele/contact'
import * as Condition from '@clientele/core/condition'
import * as Entitlements from '@clientele/entitlements'
import * as Sla from '@clientele/sla'

export { Calendar, Condition, Contact, Entitlements, Sla }
export type {
  Either,
  Explained,
  Instant,
  Issue,
  Ledger,
  LedgerEntry,
  Millis,
  NonEmptyArray,
} from '@clientele/core'
export { isLeft, isRight, renderIssues, renderLedger } from '@clientele/core'
