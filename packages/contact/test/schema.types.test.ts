// Each form has a schema for every key of its type, and for no other.
import type {
  Cap,
  ConsentRule,
  ControlGroup,
  CoolDown,
  Definition,
  Exemption,
  Holiday,
  Quiet,
  QuietPeriod,
  schema,
  Weight,
} from '@clientele/contact'
import { expectTypeOf, test } from 'vitest'

type Root = (typeof schema)['properties']
type Of<Section extends 'caps' | 'quiet' | 'coolDowns' | 'consent' | 'control' | 'exempt'> =
  Root[Section]['items']['properties']

test('the keys of the schema are those of the types', () => {
  expectTypeOf<keyof Root>().toEqualTypeOf<keyof Definition>()
  expectTypeOf<keyof Of<'caps'>>().toEqualTypeOf<keyof Cap>()
  expectTypeOf<keyof Of<'caps'>['weights']['items']['properties']>().toEqualTypeOf<keyof Weight>()
  expectTypeOf<keyof Of<'quiet'>>().toEqualTypeOf<keyof Quiet>()
  expectTypeOf<keyof Of<'quiet'>['periods']['items']['properties']>().toEqualTypeOf<keyof QuietPeriod>()
  expectTypeOf<keyof Of<'coolDowns'>>().toEqualTypeOf<keyof CoolDown>()
  expectTypeOf<keyof Of<'consent'>>().toEqualTypeOf<keyof ConsentRule>()
  expectTypeOf<keyof Of<'control'>>().toEqualTypeOf<keyof ControlGroup>()
  expectTypeOf<keyof Of<'exempt'>>().toEqualTypeOf<keyof Exemption>()
  type Named = Exclude<Holiday, string>
  expectTypeOf<keyof Root['holidays']['items']['anyOf'][1]['properties']>().toEqualTypeOf<keyof Named>()
})
