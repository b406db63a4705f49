/**
 * Names for statements that come again, so that PostgreSQL parses each of them and adds its row-level security once and
 * not at every call. A text gets its name when it has been seen often enough to be worth a place in every connection.
 */
export class StatementNames {
  readonly #seen = new Map<string, { uses: number; name: string | undefined }>()
  readonly #most: number
  #named = 0
  #epoch = 0

  constructor(most = MOST_NAMES) {
    this.#most = most
  }

  /** Undefined: sent without a name, as it always was. */
  nameOf(text: string): string | undefined {
    const known = this.#seen.get(text)
    if (known?.name !== undefined) return known.name
    if (this.#named >= this.#most) return undefined
    if (!known) {
      // Texts that never come again (lists of another length each time) must not fill the memory.
      if (this.#seen.size >= MOST_SEEN) this.#forgetUnnamed()
      this.#seen.set(text, { uses: 1, name: undefined })
      return undefined
    }
    known.uses += 1
    if (known.uses < USES) return undefined
    this.#named += 1
    known.name = `s${this.#epoch}_${this.#named}`
    return known.name
  }

  /** A migration changed what a statement answers: every one gets another name, and with it another plan. */
  forget(): void {
    this.#epoch += 1
    this.#named = 0
    this.#seen.clear()
  }

  #forgetUnnamed(): void {
    for (const [text, { name }] of this.#seen) if (name === undefined) this.#seen.delete(text)
  }
}

/** Each costs some ten kilobytes in every connection. */
const MOST_NAMES = 400
const MOST_SEEN = 4_000
const USES = 3
