import type { IndicatorEntry } from './indicator-entry.ts'
import { comparableUnit, nameParts } from './plain-words.ts'
import type { Specimen } from './specimen.ts'

interface Claim {
  readonly entry: IndicatorEntry
  /** Empty for a word that needs no unit. */
  readonly units: ReadonlySet<string>
  readonly shared: boolean
}

/** A word of the table as it is compared. */
export function wordKey(word: string): string {
  return nameParts(word).whole
}

/** Every name and code of a table, and which entries claim it. Asked with words that `plain-words.ts` made plain. */
export class WordBook {
  readonly #claims = new Map<string, Claim[]>()
  readonly #codes = new Map<IndicatorEntry, ReadonlySet<string>>()
  readonly #longestFirst: readonly string[]

  constructor(entries: readonly IndicatorEntry[]) {
    for (const entry of entries) {
      for (const word of entry.words) this.#add(word, { entry, units: new Set(), shared: false })
      const units = new Set(entry.units.map(comparableUnit))
      for (const word of entry.shared) this.#add(word, { entry, units, shared: true })
      this.#codes.set(entry, new Set(entry.codes.map(wordKey)))
    }
    // One sign is part of everything.
    const long = [...this.#claims.keys()].filter((word) => word.length > 1)
    this.#longestFirst = long.toSorted((left, right) => right.length - left.length)
  }

  knows(word: string): boolean {
    return this.#claims.has(word)
  }

  /** Whether the word is one of the entry's, under whatever condition. */
  claims(entry: IndicatorEntry, word: string): boolean {
    return (this.#claims.get(word) ?? []).some((claim) => claim.entry === entry)
  }

  /** Whether a report may print this code beside the entry's name. */
  goesWith(entry: IndicatorEntry, code: string): boolean {
    return this.claims(entry, code) || this.#codes.get(entry)?.has(code) === true
  }

  /** The one entry that the word means with this unit in this specimen; undefined if none or several. */
  find(word: string, unit: string, specimen: Specimen | undefined): IndicatorEntry | undefined {
    const fitting = (this.#claims.get(word) ?? []).filter((claim) => fits(claim, unit, specimen))
    const [first, ...others] = new Set(fitting.map(({ entry }) => entry))
    return others.length === 0 ? first : undefined
  }

  longestWordIn(text: string): string | undefined {
    return this.#longestFirst.find((word) => text.includes(word))
  }

  #add(word: string, claim: Claim): void {
    const key = wordKey(word)
    this.#claims.set(key, [...(this.#claims.get(key) ?? []), claim])
  }
}

function fits({ entry, units, shared }: Claim, unit: string, specimen: Specimen | undefined): boolean {
  if (specimen !== undefined && entry.specimen !== 'body' && entry.specimen !== specimen) return false
  if (!shared || units.has(unit)) return true
  return specimen === entry.specimen && (unit === '' || units.size === 0)
}
