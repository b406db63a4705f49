import { BillError } from './bill-error.ts'

/** Where each column of one file stands; the platform adds columns over time, so nothing is read by position. */
export class Columns {
  readonly names: readonly string[]
  readonly #places = new Map<string, number>()
  readonly #doubled = new Set<string>()

  constructor(names: readonly string[]) {
    this.names = names
    for (const [place, name] of names.entries()) {
      if (this.#places.has(name)) this.#doubled.add(name)
      else this.#places.set(name, place)
    }
  }

  has(name: string): boolean {
    return this.#places.has(name)
  }

  /** Place of a column, or -1: no cell of a row stands there. */
  place(name: string): number {
    return this.#places.get(name) ?? -1
  }

  /**
   * Throws `missing-column` for the first absent name, `not-a-bill` when none of them is there, `malformed` for a name
   * that is there twice. Only names of ours reach the error: in a file without header the line's texts are cells.
   */
  require(names: readonly string[]): void {
    const doubled = names.find((name) => this.#doubled.has(name))
    if (doubled !== undefined) throw new BillError('malformed', { column: doubled })
    const missing = names.find((name) => !this.has(name))
    if (missing === undefined) return
    if (!names.some((name) => this.has(name))) throw new BillError('not-a-bill')
    throw new BillError('missing-column', { column: missing })
  }

  /** Picks the cells of columns that are not in `known`; undefined unless asked for. */
  extraOf(known: readonly string[], wanted: boolean): (cells: readonly string[]) => ExtraColumns | undefined {
    if (!wanted) return () => undefined
    const places = [...this.#places].filter(([name]) => !known.includes(name))
    return (cells) => Object.fromEntries(places.map(([name, place]) => [name, cells[place] ?? '']))
  }
}

export type ExtraColumns = Readonly<Record<string, string>>
