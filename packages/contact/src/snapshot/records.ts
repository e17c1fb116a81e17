// What was told by id in bytes: consents and touches. Numbers lie in columns, texts in one JSON list each.

import { Interner, type Sections } from '@clientele/core'
import type { ConsentRecord, State, Touch } from '../book.js'
import type { Basis, Effect } from '../model.js'
import type { FactsReader, FactsWriter } from './facts.js'

type ConsentWords = readonly [
  channel: string | null,
  category: string | null,
  basis: Basis,
  evidence: string | null,
]

export const consentsToSections = ({ consents }: State): Sections => {
  const words = new Interner()
  const records = [...consents].flatMap(([recipient, list]) =>
    list.map((record) => ({ ...record, recipient })),
  )
  const what = Uint32Array.from(records, ({ channel, category, basis, evidence }) => {
    const told: ConsentWords = [channel ?? null, category ?? null, basis, evidence ?? null]
    return words.handle(JSON.stringify(told))
  })
  return {
    'consent.who': Uint32Array.from(records, ({ recipient }) => recipient),
    'consent.at': Float64Array.from(records, ({ at }) => at),
    'consent.seq': Float64Array.from(records, ({ seq }) => seq),
    'consent.until': Float64Array.from(records, ({ until }) => until),
    'consent.what': what,
    'consent.words': `[${words.names().join()}]`,
  }
}

export const fillConsents = ({ consents }: State, sections: Sections): void => {
  const column = (key: string): Float64Array => sections[`consent.${key}`] as Float64Array
  const words = JSON.parse(String(sections['consent.words'])) as readonly ConsentWords[]
  const [at, seq, until, what] = [column('at'), column('seq'), column('until'), column('what')]
  column('who').forEach((recipient, i) => {
    const [channel, category, basis, evidence] = words[what[i]!]!
    const record: ConsentRecord = {
      at: at[i]!,
      seq: seq[i]!,
      channel: channel ?? undefined,
      category: category ?? undefined,
      basis,
      until: until[i]!,
      evidence: evidence ?? undefined,
    }
    const list = consents.get(recipient)
    if (list === undefined) consents.set(recipient, [record])
    else list.push(record)
  })
}

const STATUSES = ['held', 'counted', 'gone'] as const

export const touchesToSections = ({ touches }: State, facts: FactsWriter): Sections => {
  const answers = new Interner()
  const known = [...touches.values()]
  const column = (of: (touch: Touch) => number): Float64Array => Float64Array.from(known, of)
  return {
    'touch.who': Uint32Array.from(known, ({ recipient }) => recipient),
    'touch.at': column(({ at }) => at),
    'touch.until': column(({ until }) => until),
    'touch.seq': column(({ seq }) => seq),
    'touch.status': Uint8Array.from(known, ({ status }) => STATUSES.indexOf(status)),
    'touch.what': Uint32Array.from(known, ({ message }) => facts.row(message)),
    'touch.answer': Uint32Array.from(known, ({ answer }) => answers.handle(JSON.stringify(answer))),
    'touch.answers': `[${answers.names().join()}]`,
    'touch.ids': JSON.stringify([...touches.keys()]),
    'touch.contents': JSON.stringify(known.map(({ content }) => content)),
  }
}

export const fillTouches = ({ touches }: State, sections: Sections, facts: FactsReader): void => {
  const column = (key: string): Float64Array => sections[`touch.${key}`] as Float64Array
  const list = <A>(key: string): readonly A[] => JSON.parse(String(sections[`touch.${key}`])) as A[]
  const [who, at, until, seq] = [column('who'), column('at'), column('until'), column('seq')]
  const [status, what, answer] = [column('status'), column('what'), column('answer')]
  const [answers, contents] = [list<Effect>('answers'), list<string>('contents')]
  list<string>('ids').forEach((id, i) => {
    touches.set(id, {
      content: contents[i]!,
      answer: answers[answer[i]!]!,
      recipient: who[i]!,
      message: facts.message(what[i]!),
      status: STATUSES[status[i]!]!,
      at: at[i]!,
      until: until[i]!,
      seq: seq[i]!,
    })
  })
}
