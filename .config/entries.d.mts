export interface Entry {
  readonly subpath: string
  readonly name: string
  readonly source: string | undefined
  readonly cjs: boolean
}
export function entriesOf(directory: string): Entry[]
export function sourcesOf(directory: string, keep?: (entry: Entry) => boolean): Record<string, string>
