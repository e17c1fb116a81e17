// The one result type of every door that can fail. The same tagged shape as fp-ts's Either, so fp-ts
// users `pipe` our values as they are, and nobody else installs it.

/** What went wrong. @category compile */
export interface Left<E> {
  /** Tells a refusal from a result. */
  readonly _tag: 'Left'
  /** The reason. */
  readonly left: E
}

/** What was asked for. @category compile */
export interface Right<A> {
  /** Tells a result from a refusal. */
  readonly _tag: 'Right'
  /** The result. */
  readonly right: A
}

/**
 * Either the reasons of a refusal or the result. Returned by `compile`, `fromBytes`, `restore` and `open`
 * of every engine, and by nothing else.
 *
 * @category compile
 */
export type Either<E, A> = Left<E> | Right<A>

/** An array that holds at least one element. @category compile */
export type NonEmptyArray<A> = readonly [A, ...A[]]

/**
 * Wraps a refusal.
 *
 * @example
 * import { left } from '@clientele/core'
 * left('no such zone') // => { _tag: 'Left', left: 'no such zone' }
 *
 * @category compile
 */
export const left = <E>(reason: E): Left<E> => ({ _tag: 'Left', left: reason })

/**
 * Wraps a result.
 *
 * @example
 * import { right } from '@clientele/core'
 * right(42) // => { _tag: 'Right', right: 42 }
 *
 * @category compile
 */
export const right = <A>(value: A): Right<A> => ({ _tag: 'Right', right: value })

/**
 * Whether the value is a refusal; narrows the type.
 *
 * @example
 * import { isLeft, right } from '@clientele/core'
 * isLeft(right(42)) // => false
 *
 * @category compile
 */
export const isLeft = <E, A>(value: Either<E, A>): value is Left<E> => value._tag === 'Left'

/**
 * Whether the value is a result; narrows the type.
 *
 * @example
 * import { isRight, right } from '@clientele/core'
 * isRight(right(42)) // => true
 *
 * @category compile
 */
export const isRight = <E, A>(value: Either<E, A>): value is Right<A> => value._tag === 'Right'
