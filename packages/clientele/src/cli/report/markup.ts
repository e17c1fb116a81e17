// Text that may be put into a page as it is. Everything else that enters a template is escaped, so no ticket, name or
// file can smuggle markup into a report.

/** Markup that has been through {@link html}. */
export interface Markup {
  readonly markup: string
}

const ESCAPES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it must stand in markup; control characters and lone halves of characters become blanks. */
export const escapeText = (text: string): string =>
  text
    .replace(/[&<>"']/g, (character) => ESCAPES[character]!)
    .replace(/(?![\t\n\r])\p{Cc}|\p{Surrogate}/gu, ' ')

type Part = string | number | Markup | undefined | readonly Part[]

const render = (part: Part): string => {
  if (part === undefined) return ''
  if (typeof part === 'string') return escapeText(part)
  if (typeof part === 'number') return String(part)
  return 'markup' in part ? part.markup : part.map(render).join('')
}

/** A template whose values are escaped unless they are markup; lists are joined, `undefined` is nothing. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: texts.map((text, i) => (i < parts.length ? text + render(parts[i]) : text)).join(''),
})

/** Our own constant text (a style sheet), taken as it is. */
export const trusted = (text: string): Markup => ({ markup: text })
