// What all charts share: a frame with a title for those who cannot see it, text, and lines of an axis.

import { html, type Markup } from './markup.js'

/** A chart in words. */
export interface Caption {
  /** Unique in the page. */
  readonly id: string
  readonly title: string
  /** What there is to see, in a sentence. */
  readonly about: string
}

/** A picture of a fixed size in its own units; it grows and shrinks with its column. */
export const frame = (
  { id, title, about }: Caption,
  width: number,
  height: number,
  content: readonly Markup[],
): Markup =>
  html`<svg role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><title id="${id}-t">${title}</title><desc id="${id}-d">${about}</desc>${content}</svg>`

/** One decimal is enough for a place on a screen. */
export const place = (value: number): number => Math.round(value * 10) / 10

/** Text at a place; `anchor` is start, middle or end. */
export const label = (
  x: number,
  y: number,
  text: string,
  anchor: 'start' | 'middle' | 'end',
  style = '',
): Markup =>
  html`<text x="${place(x)}" y="${place(y)}" text-anchor="${anchor}" class="${style}">${text}</text>`

/** A straight line. */
export const line = (x1: number, y1: number, x2: number, y2: number, style: string): Markup =>
  html`<line x1="${place(x1)}" y1="${place(y1)}" x2="${place(x2)}" y2="${place(y2)}" class="${style}"/>`

/** A rectangle with a tooltip. */
export const box = (
  {
    x,
    y,
    width,
    height,
  }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  style: string,
  tip: string,
  radius = 2,
): Markup =>
  html`<rect x="${place(x)}" y="${place(y)}" width="${place(Math.max(0, width))}" height="${place(Math.max(0, height))}" rx="${radius}" class="${style}"><title>${tip}</title></rect>`
