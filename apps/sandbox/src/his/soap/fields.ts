import { type Fen, fen, formatShanghai, formatYuan, isRealDate, parseYuan } from '@zhangyi/core'
import type { XmlElement } from './xml/parse-xml.ts'
import { tag as element, escapeXml } from './xml/write-xml.ts'

/** A value's form in this dialect, both ways. `read` throws anything if the text does not fit. */
export interface Form {
  readonly write: (value: never) => string
  readonly read: (text: string) => unknown
}

/** One tag and the member of the port's object that it carries, e.g. `payment.amount`. */
export interface Field {
  readonly tag: string
  readonly member: string
  readonly form: Form
}

export interface ListField {
  readonly tag: string
  readonly member: string
  /** The tag of one entry. */
  readonly item: string
  readonly fields: Fields
}

export type Fields = readonly (Field | ListField)[]

/** A tag of the request that the HIS cannot take. */
export class InputProblem extends Error {
  override readonly name = 'InputProblem'
}

// Numbers come out of fixed columns and keep their blanks.
const NUMBER_WIDTH = 10
const CARD_NUMBER_WIDTH = 20

const FORMS = {
  text: { write: (value: string) => value, read: (text) => text },
  /** CHAR(20). */
  padded: { write: (value: string) => value.padEnd(CARD_NUMBER_WIDTH), read: (text) => text },
  yuan: { write: (value: Fen) => formatYuan(value).padStart(NUMBER_WIDTH), read: parseYuan },
  fen: { write: (value: Fen) => String(value).padStart(NUMBER_WIDTH), read: (text) => fen(count(text)) },
  count: { write: (value: number) => String(value).padStart(NUMBER_WIDTH), read: count },
  flag: {
    write: (value: boolean) => (value ? '1' : '0'),
    read: (text) => codes({ true: '1', false: '0' }).read(text) === 'true',
  },
  /** `yyyyMMddHHmmss` in Beijing time. */
  time: { write: (iso: string) => digits(formatShanghai(Date.parse(iso))), read: readTime },
  /** `yyyyMMdd`. */
  day: { write: digits, read: readDay },
  /** Several numbers in one tag. */
  commas: { write: (values: readonly string[]) => values.join(','), read: (text) => text.split(',') },
  /** The one number of a list that this HIS takes at a time. */
  single: { write: ([value = '']: readonly string[]) => value, read: (text) => [text] },
} as const satisfies Record<string, Form>

export function codes(table: Readonly<Record<string, string>>): Form {
  return {
    write: (value: string) => table[value] ?? '',
    read: (text) => {
      const known = Object.entries(table).find(([, code]) => code === text)
      if (!known) throw new InputProblem('unknown code')
      return known[0]
    },
  }
}

export function field(tag: string, member: string, form: keyof typeof FORMS | Form = 'text'): Field {
  return { tag, member, form: typeof form === 'string' ? FORMS[form] : form }
}

/** Tags of texts, the most frequent kind: `{ XM: 'name' }`. */
export function texts(members: Readonly<Record<string, string>>): Fields {
  return Object.entries(members).map(([tag, member]) => field(tag, member))
}

export function list(tag: string, item: string, member: string, fields: Fields): ListField {
  return { tag, item, member, fields }
}

/** The tags of one object; a member without a value becomes an empty tag. */
export function writeFields(fields: Fields, value: object): string {
  return fields
    .map((one) => {
      const member = (value as Readonly<Record<string, unknown>>)[one.member]
      if ('fields' in one)
        return element(
          one.tag,
          ((member ?? []) as readonly object[])
            .map((entry) => element(one.item, writeFields(one.fields, entry)))
            .join(''),
        )
      return element(one.tag, member === undefined ? '' : escapeXml(one.form.write(member as never)))
    })
    .join('')
}

/** The input of an operation from the tags of a request; throws `InputProblem` naming the tag. */
export function readFields(fields: Fields, { children }: XmlElement): Readonly<Record<string, unknown>> {
  const input: Record<string, unknown> = {}
  for (const one of fields) {
    if ('fields' in one) continue
    const text = children.find(({ name }) => name === one.tag)?.text.trim()
    if (text) putMember(input, one.member, readOne(one, text))
  }
  return input
}

function readOne({ tag, form }: Field, text: string): unknown {
  try {
    return form.read(text)
  } catch {
    throw new InputProblem(`${tag} 格式不正确`)
  }
}

function putMember(input: Record<string, unknown>, member: string, value: unknown): void {
  const [first = '', second] = member.split('.')
  if (second === undefined) input[first] = value
  else input[first] = { ...(input[first] as object | undefined), [second]: value }
}

function count(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InputProblem('not a whole number')
  return Number(text)
}

function digits(text: string): string {
  return text.replace(/\D/g, '')
}

function readDay(text: string): string {
  const [, year, month, date] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? []
  const iso = `${year}-${month}-${date}`
  if (!isRealDate(iso)) throw new InputProblem('not yyyyMMdd')
  return iso
}

function readTime(text: string): string {
  const [, day = '', hour = '', minute = '', second = ''] = /^(\d{8})(\d\d)(\d\d)(\d\d)$/.exec(text) ?? []
  return new Date(`${readDay(day)}T${hour}:${minute}:${second}+08:00`).toISOString()
}
