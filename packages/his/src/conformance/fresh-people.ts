import { type Clock, checkCharacter, shanghaiDay, systemClock } from '@zhangyi/core'
import type { Guardian, NewArchive } from '../port.ts'

const AREAS = ['330102', '330106', '330108', '310115', '320505']
const GIVEN = Array.from('安邦成达恩芳光海嘉康兰明宁平清荣思文晓雅')
const CHILD_AGE = 5

/**
 * Makes up people whom no HIS knows yet; 测试 in the name lets the hospital find and remove them afterwards. The
 * numbers are well-formed, so only a HIS's test environment may see them: a real person could have the same one.
 */
export class FreshPeople {
  readonly #random: () => number
  readonly #clock: Clock
  readonly #made: NewArchive[] = []

  constructor(random: () => number, clock: Clock = systemClock) {
    this.#random = random
    this.#clock = clock
  }

  get made(): readonly NewArchive[] {
    return this.#made
  }

  adult(name?: string): NewArchive {
    return this.#make(name ?? this.#name(), 1950 + this.#below(50))
  }

  child(): NewArchive {
    const { name, idType, idNumber, phone } = this.adult()
    const guardian: Guardian = { name, idType, idNumber, phone, relation: '母亲' }
    return this.#make(this.#name(), Number(shanghaiDay(this.#clock.nowMs()).slice(0, 4)) - CHILD_AGE, {
      guardian,
    })
  }

  foreigner(): NewArchive {
    return this.#make(`Test ${this.#letters()} O'Neil-${this.#letters()}`, 1980, {
      idType: '03',
      idNumber: `E${this.#digits(8)}`,
    })
  }

  #make(name: string, year: number, changes: Partial<NewArchive> = {}): NewArchive {
    const birthday = `${year}-0${1 + this.#below(9)}-${10 + this.#below(19)}`
    const male = this.#below(2) === 1
    const sequence = this.#digits(2) + String(2 * this.#below(5) + (male ? 1 : 0))
    const first17 = AREAS[this.#below(AREAS.length)] + birthday.replaceAll('-', '') + sequence
    const person: NewArchive = {
      name,
      idType: '01',
      idNumber: first17 + checkCharacter(first17),
      gender: male ? '男' : '女',
      birthday,
      nation: undefined,
      phone: `199${this.#digits(8)}`,
      address: undefined,
      guardian: undefined,
      verified: true,
      ...changes,
    }
    this.#made.push(person)
    return person
  }

  #name(): string {
    return `测试${GIVEN[this.#below(GIVEN.length)]}${GIVEN[this.#below(GIVEN.length)]}`
  }

  #letters(): string {
    const tail = Array.from({ length: 5 }, () => String.fromCharCode(97 + this.#below(26))).join('')
    return String.fromCharCode(65 + this.#below(26)) + tail
  }

  #digits(length: number): string {
    return Array.from({ length }, () => this.#below(10)).join('')
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit)
  }
}
