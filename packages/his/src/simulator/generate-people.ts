import { checkCharacter, type IdType } from '@zhangyi/core'
import type { ArchivedPerson } from './archived-person.ts'

const SURNAMES = Array.from(
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕',
)
const GIVEN = '建国 秀英 伟 芳 娜 敏 静 丽 强 磊 洋 艳 勇 杰 娟 涛 明 超 桂兰 志强 子涵 浩然 诗雨 宇轩'.split(
  ' ',
)
const FOREIGN = ['Maria Garcia', 'Ivan Petrov', 'Yuki Tanaka', 'Anna Müller', 'Ahmed Hassan']
const AREAS = ['330102', '330106', '330108', '330110', '330281', '310115', '320505']

// Every ninth person is a child or a teenager of these years; the others are spread over the years before.
const CHILDREN_BORN = { from: 2013, years: 13 }
const OTHERS_BORN = { from: 1936, years: 76 }

type Digits = (length: number) => string

/** A small linear congruential generator: the same seed makes the same hospital everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Adults, children and seniors with resident IDs; a few foreigners and people from Hong Kong, Macao and Taiwan. */
export function generatePeople(count: number, random: () => number): readonly ArchivedPerson[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const digits: Digits = (length) => Array.from({ length }, () => Math.floor(random() * 10)).join('')
  return Array.from({ length: count }, (_, index) => {
    const { from, years } = index % 9 === 0 ? CHILDREN_BORN : OTHERS_BORN
    const year = from + Math.floor(random() * years)
    const birthday = `${year}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`
    const male = random() < 0.5
    const gender = male ? ('男' as const) : ('女' as const)
    const chinese = pick(SURNAMES) + pick(GIVEN)
    // The index keeps the sequence number unique; its last digit tells the gender.
    const tail = birthday.replaceAll('-', '') + String((index * 2 + (male ? 1 : 0)) % 1000).padStart(3, '0')
    const other = otherDocument(index, digits, tail)
    if (other) {
      const { foreign, ...document } = other
      return { name: foreign ? pick(FOREIGN) : chinese, gender, birthday, ...document }
    }
    return { name: chinese, idType: '01', idNumber: withCheck(pick(AREAS) + tail), gender, birthday }
  })
}

interface OtherDocument {
  readonly idType: IdType
  readonly idNumber: string
  readonly foreign: boolean
}

function otherDocument(index: number, digits: Digits, tail: string): OtherDocument | undefined {
  switch (index % 40) {
    case 7:
      return { idType: '03', idNumber: `G${digits(8)}`, foreign: true }
    case 14:
      // 9, two of the place, three of the country: 840 is the United States.
      return { idType: '15', idNumber: withCheck(`933840${tail}`), foreign: true }
    case 17:
      return { idType: '06', idNumber: `${index % 80 === 17 ? 'H' : 'M'}${digits(8)}`, foreign: false }
    case 27:
      return { idType: '07', idNumber: digits(8), foreign: false }
    case 34:
      return { idType: '17', idNumber: withCheck(`810000${tail}`), foreign: false }
    default:
      return undefined
  }
}

function withCheck(first17: string): string {
  return first17 + checkCharacter(first17)
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
