import { checkCharacter } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { AppError, type FieldProblem } from '../platform/errors/catalogue.ts'
import { checkPerson } from './check-person.ts'
import type { PersonInput } from './inputs.ts'

const NOW = Date.parse('2026-11-23T09:00:00+08:00')
const SETTINGS = {
  maxPatients: 5,
  guardianUnderAge: 14,
  requiredFields: ['nation', 'address', 'phone'] as ('nation' | 'address' | 'phone')[],
  flowMinutes: 30,
}

function idNumber(first17: string): string {
  return first17 + checkCharacter(first17)
}

const ADULT: PersonInput = {
  name: '李明华',
  idType: '01',
  idNumber: idNumber('33010219900101221'),
  nation: '汉族',
  phone: '13800000218',
  address: '上城区解放路 1 号',
  relation: '本人',
}

function problems(input: PersonInput): readonly FieldProblem[] {
  try {
    checkPerson(input, SETTINGS, NOW)
    return []
  } catch (error) {
    if (error instanceof AppError) return error.fields
    throw error
  }
}

test('an adult with a resident ID needs neither birthday nor gender: the number says them', () => {
  expect(checkPerson(ADULT, SETTINGS, NOW)).toMatchObject({ birthday: '1990-01-01', gender: '男' })
})

test('every wrong field is named at once, in Chinese', () => {
  const fields = problems({ ...ADULT, name: '', idNumber: '123', phone: '12345', nation: '', address: ' ' })
  expect(fields.map(({ field }) => field).sort()).toEqual(['address', 'idNumber', 'name', 'nation', 'phone'])
  for (const { message } of fields) expect(message).toMatch(/\p{Script=Han}/u)
})

test('a mistyped digit of the number is told as such, and the number is not echoed', () => {
  const wrong = `${ADULT.idNumber.slice(0, 16)}${(Number(ADULT.idNumber[16]) + 1) % 10}${ADULT.idNumber.slice(17)}`
  const [problem] = problems({ ...ADULT, idNumber: wrong })
  expect(problem).toMatchObject({ field: 'idNumber', message: expect.stringContaining('输错') })
  expect(JSON.stringify(problem)).not.toContain(wrong)
})

test.each(['810000199001012219', '830000199001012219', '933000199001012210'])(
  'the number %s is not taken as a resident ID; the message says which document it is',
  (number) => {
    expect(problems({ ...ADULT, idNumber: number })).toContainEqual({
      field: 'idNumber',
      message: expect.stringContaining('港澳台居民居住证'),
    })
  },
)

test('names with a middle dot and rare characters pass; the dot of another keyboard becomes the standard one', () => {
  expect(checkPerson({ ...ADULT, name: '阿卜杜拉•买买提' }, SETTINGS, NOW).name).toBe('阿卜杜拉·买买提')
  expect(checkPerson({ ...ADULT, name: '𠮷田䶮' }, SETTINGS, NOW).name).toBe('𠮷田䶮')
})

test('a child of 13 needs a guardian, one of exactly 14 does not', () => {
  const born = (day: string) => ({ ...ADULT, idNumber: idNumber(`330102${day}221`) })
  expect(problems(born('20121124')).map(({ field }) => field)).toEqual(['guardian'])
  expect(problems(born('20121123'))).toEqual([])
})

test('the fields of a guardian are named one by one', () => {
  const child = { ...ADULT, idNumber: idNumber('33010220200101221'), relation: '子女' as const }
  const guardian = { name: '李', idType: '01' as const, idNumber: '1', phone: '', relation: '母亲' as const }
  expect(problems({ ...child, guardian }).map(({ field }) => field)).toEqual([
    'guardian.name',
    'guardian.idNumber',
    'guardian.phone',
  ])
})

test('a foreign passport asks for gender and birthday, and not for a nation', () => {
  const john = {
    ...ADULT,
    name: 'John Smith',
    idType: '03' as const,
    idNumber: 'e12345678',
    nation: undefined,
  }
  expect(problems(john).map(({ field }) => field)).toEqual(['gender', 'birthday'])
  expect(checkPerson({ ...john, gender: '男', birthday: '1980-02-29' }, SETTINGS, NOW)).toMatchObject({
    idNumber: 'E12345678',
    nation: undefined,
  })
})

test.each(['2023-02-29', '2026-11-24', '1980-13-01', '1850'])('the birthday %s is refused', (birthday) => {
  const fields = problems({ ...ADULT, idType: '03', idNumber: 'E12345678', gender: '女', birthday })
  expect(fields.map(({ field }) => field)).toEqual(['birthday'])
})
