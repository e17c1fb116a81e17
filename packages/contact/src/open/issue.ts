// What a policy may hold and shared mode cannot.

import type { Table } from '../table.js'
import { type ConsentSource, noConsents } from './model.js'

/** Why a policy cannot be opened. @category ports */
export interface SharedIssue {
  readonly code: 'current-tags' | 'uncounted-exemption' | 'no-consents'
  /** The rule, in the definition. */
  readonly path: string
  /** Its name. */
  readonly rule: string
}

/**
 * The sentence of an issue of `open`, without its path.
 *
 * @example
 * import { sharedMessage } from '@clientele/contact'
 * sharedMessage({ code: 'no-consents', path: 'consent[0]', rule: 'ads' })
 * // => '"ads" asks for consent, and there are none: give open a source of consents'
 *
 * @category ports
 */
export const sharedMessage = ({ code, rule }: SharedIssue): string => {
  switch (code) {
    case 'current-tags':
      return `"${rule}" counts by the tags that campaigns bear now, and the ledger keeps instants without campaigns; write "tags": "sent", or use step`
    case 'uncounted-exemption':
      return `"${rule}" begins with a touch and leaves others uncounted, and the ledger counts a touch before it hears what came earlier; drop "uncounted", or use step`
    case 'no-consents':
      return `"${rule}" asks for consent, and there are none: give open a source of consents`
  }
}

/** All that keeps a policy from being opened. */
export const issuesOf = (
  { limits, streams, exempt, consent }: Table,
  consents: ConsentSource,
): readonly SharedIssue[] => [
  ...limits
    .filter(({ stream }) => streams[stream]!.currentTags)
    .map(({ id, path }) => ({ code: 'current-tags' as const, path, rule: id })),
  ...exempt
    .filter(({ grant, uncounted }) => grant >= 0 && uncounted)
    .map(({ id, path }) => ({ code: 'uncounted-exemption' as const, path, rule: id })),
  ...(consents === noConsents ? consent : []).map(({ id, path }) => ({
    code: 'no-consents' as const,
    path,
    rule: id,
  })),
]
