import { createHash } from 'node:crypto'
import type { Store } from '../../kit/store.ts'
import type { Card, PersonData } from './card.ts'
import { seedCards } from './seed-cards.ts'

interface Kept {
  readonly cards: readonly Card[]
}

/** All cards, written through to the store at every change: a restart finds them again. */
export class CardBook {
  readonly #store: Store<unknown>
  readonly #cards = new Map<string, Card>()

  constructor(store: Store<unknown>) {
    this.#store = store
    const kept = store.load() as Kept | undefined
    if (kept) for (const card of kept.cards) this.#cards.set(card.healthCardId, card)
    else for (const { person, data } of seedCards()) this.put(person, data, data.idType === '01')
  }

  /** Registers a person for a WeChat user; the same document again updates the card and keeps its id. */
  put(person: string, data: PersonData, verifyStatus: boolean): Card {
    const id = digest('card', person, data.idType, data.idNumber)
    const card: Card = {
      ...data,
      relation: data.relation ?? this.#defaultRelation(person, id),
      healthCardId: id,
      qrCodeText: `${id}:1`,
      phid: digest('phid', data.idType, data.idNumber).slice(0, 32),
      person,
      patid: this.#cards.get(id)?.patid,
      verifyStatus,
    }
    return this.#keep(card)
  }

  bind(healthCardId: string, patid: string): Card | undefined {
    const card = this.#cards.get(healthCardId)
    return card && this.#keep({ ...card, patid })
  }

  byId(healthCardId: string): Card | undefined {
    return this.#cards.get(healthCardId)
  }

  ofPerson(person: string): readonly Card[] {
    return [...this.#cards.values()].filter((card) => card.person === person)
  }

  // Nobody said: the first card is the phone owner's own, later ones are somebody else's.
  #defaultRelation(person: string, id: string): string {
    return this.ofPerson(person).some((card) => card.healthCardId !== id) ? '亲属' : '本人'
  }

  #keep(card: Card): Card {
    this.#cards.set(card.healthCardId, card)
    this.#store.save({ cards: [...this.#cards.values()] } satisfies Kept)
    return card
  }
}

/** 64 hex digits that stay the same over restarts, also without a store. */
function digest(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
