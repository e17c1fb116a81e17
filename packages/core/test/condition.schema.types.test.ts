// The hand-written types and the schema say the same: what the schema's own type allows is a Definition, and the other way
// round. The type of a schema that refers to itself ends in `any` two levels down, so this compares those two levels; the
// laws of `condition.schema.test.ts` compare the rest by value.

import type { Definition, schema } from '@clientele/core/condition'
import type { XStatic } from 'typebox/schema'
import { expectTypeOf, test } from 'vitest'

type Defs = (typeof schema)['$defs']
/** The schema less "at least one operator", which the types do not say. */
type Loose = {
  readonly [K in keyof typeof schema]: K extends '$defs'
    ? { readonly [D in keyof Defs]: D extends 'leaf' ? Omit<Defs[D], 'anyOf'> : Defs[D] }
    : (typeof schema)[K]
}

type Fixed<T> = T extends object ? { readonly [K in keyof T]: Fixed<T[K]> } : T
type FromSchema = Fixed<XStatic<Loose>>

test('a definition is what the schema says', () => {
  expectTypeOf<FromSchema>().toExtend<Fixed<Definition>>()
  expectTypeOf<Fixed<Definition>>().toExtend<FromSchema>()
  expectTypeOf<FromSchema>().not.toBeAny()
  expectTypeOf<Extract<FromSchema, { fact: string }>['between']>().not.toBeAny()
  // and keys of one are keys of the other
  type Keys<T> = T extends unknown ? keyof T : never
  expectTypeOf<Keys<FromSchema>>().toEqualTypeOf<Keys<Definition>>()
})
