// Our Either is fp-ts's, in both directions, and works in its pipes.

import { type Either, isLeft, isRight, left, right } from '@clientele/core'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, expectTypeOf, test } from 'vitest'

interface Issue {
  readonly code: string
}

test('assignable both ways', () => {
  expectTypeOf<Either<Issue, number>>().toExtend<E.Either<Issue, number>>()
  expectTypeOf<E.Either<Issue, number>>().toExtend<Either<Issue, number>>()
  const ours: Either<Issue, number> = right(5)
  const theirs: E.Either<Issue, number> = ours
  const back: Either<Issue, number> = theirs
  expect(back).toBe(ours)
})

test('the same values', () => {
  expect(left('x')).toEqual(E.left('x'))
  expect(right(5)).toEqual(E.right(5))
  for (const value of [left('x'), right(5)] as readonly Either<string, number>[]) {
    expect(isLeft(value)).toBe(E.isLeft(value))
    expect(isRight(value)).toBe(E.isRight(value))
  }
})

test('fp-ts pipes our values', () => {
  const half = (n: number): Either<Issue, number> => (n % 2 === 0 ? right(n / 2) : left({ code: 'odd' }))
  const quarter = (n: number) =>
    pipe(
      half(n),
      E.chain(half),
      E.match(({ code }) => code, String),
    )
  expect([8, 6, 5].map(quarter)).toEqual(['2', 'odd', 'odd'])
})
