import { checkCharacter, type IdType } from '@zhangyi/core'
import type { ArchivedPerson } from './archived-person.ts'

const SURNAMES = Array.from(
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕',
)
const GIVEN = [
  '建国',
  '秀英',
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '洋',
  '艳',
  '勇',
  '杰',
  '娟',
  '涛',
  '明',
  '超',
  '桂兰',
  '志强',
  '子涵',
  '浩然',
  '诗雨',
  '宇轩',
]
const FOREIGN = ['Maria Garcia', 'Ivan Petrov', 'Yuki Tanaka', 'Anna Müller', 'Ahmed Hassan']
const AREAS = ['330102', '330106', '330108', '330110', '330281', '310115', '320505']

/** A small linear congruential generator: the same seed makes the same hospital everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Adults, children and seniors with resident IDs; a few foreigners and people from Hong Kong and Taiwan. */
export function generatePeople(count: number, random: () => number): readonly ArchivedPerson[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  return Array.from({ length: count }, (_, index) => {
    const year = index % 9 === 0 ? 2013 + Math.floor(random() * 13) : 1936 + Math.floor(random() * 76)
    const birthday = `${year}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`
    const male = random() < 0.5
    const gender = male ? ('男' as const) : ('女' as const)
    const other = otherDocument(index, random)
    if (other) return { name: pick(FOREIGN), gender, birthday, ...other }
    // The index keeps the sequence number unique; its last digit tells the gender.
    const sequence = String(index * 2 + (male ? 1 : 0))
      .padStart(3, '0')
      .slice(-3)
    const first17 = pick(AREAS) + birthday.replaceAll('-', '') + sequence
    return {
      name: pick(SURNAMES) + pick(GIVEN),
      idType: '01',
      idNumber: first17 + checkCharacter(first17),
      gender,
      birthday,
    }
  })
}

function otherDocument(
  index: number,
  random: () => number,
): { idType: IdType; idNumber: string } | undefined {
  const digits = (length: number) => Array.from({ length }, () => Math.floor(random() * 10)).join('')
  if (index % 40 === 7) return { idType: '03', idNumber: `G${digits(8)}` }
  if (index % 40 === 17) return { idType: '06', idNumber: `H${digits(8)}` }
  if (index % 40 === 27) return { idType: '07', idNumber: digits(8) }
  return undefined
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
