// The consents of those who are asked about, as the engine reads them. What a source gets wrong is an error: a word that is
// lost could be an opt-out.

import { SECOND } from '@clientele/core'
import type { ConsentRecord } from '../book.js'
import type { Basis } from '../model.js'
import type { Asked } from './asked.js'
import type { Consent, ConsentSource } from './model.js'

const BASES: readonly Basis[] = ['opt-in', 'soft-opt-in', 'opt-out']

const recordOf = ({ at, basis, channel, category, until }: Consent, seq: number): ConsentRecord => {
  if (!Number.isFinite(at)) throw new RangeError(`a consent is of ${at}, expected epoch milliseconds`)
  if (!BASES.includes(basis)) throw new RangeError(`a consent says "${basis}", expected ${BASES.join(', ')}`)
  if (Number.isNaN(until)) throw new RangeError('a consent ends at NaN, expected epoch milliseconds')
  return {
    at: Math.floor(at / SECOND),
    seq,
    channel,
    category,
    basis,
    until: until === undefined ? Number.POSITIVE_INFINITY : Math.floor(until / SECOND),
    evidence: undefined,
  }
}

const isHeard = ({ op, message }: Asked): boolean =>
  message.consent.length > 0 && op !== 'record' && op !== 'release'

/** Reads the consents that questions speak of, each recipient's once, in order of time. */
export const consentsOf = async (
  source: ConsentSource,
  asked: readonly Asked[],
): Promise<ReadonlyMap<string, readonly ConsentRecord[]>> => {
  const ids = [...new Set(asked.filter(isHeard).map(({ whom }) => whom.id))]
  const lists = ids.length === 0 ? [] : await source.read(ids)
  if (lists.length !== ids.length)
    throw new RangeError(`the source of consents gave ${lists.length} lists for ${ids.length} recipients`)
  return new Map(ids.map((id, i) => [id, lists[i]!.map(recordOf).sort((a, b) => a.at - b.at)]))
}
