import { isIdType, isNonResidentPrefix, isRealDate, parseResidentId, shanghaiDay } from '@zhangyi/core'
import { z } from 'zod'
import { text } from '../operation.ts'
import type { CardPlatform } from '../platform.ts'
import { Refusal } from '../result-codes.ts'

const parent = (who: 'mother' | 'father') =>
  Object.fromEntries(
    ['Name', 'IdType', 'IdNumber', 'Nation', 'Country', 'BirthDay', 'Phone', 'Address'].map((field) => [
      `${who}${field}`,
      z.string().optional(),
    ]),
  )

/** The fields with which a person is registered, new way and old. */
export const personFields = {
  name: text,
  gender: z.enum(['男', '女']),
  // A Chinese name such as 汉族; hospitals send their own numbers by mistake.
  nation: z.string().regex(/^\p{Script=Han}{2,20}$/u, '须为中文民族名称'),
  birthday: z.string().refine(isRealDate, '须为 yyyy-MM-dd'),
  idNumber: text,
  idType: z.string().refine(isIdType, '证件类型不在表中'),
  phone1: z.string().regex(/^[\d+-]{5,20}$/, '电话号码格式错误'),
  phone2: text.optional(),
  address: text.optional(),
  relation: text.optional(),
  ext: text.optional(),
  childInfo: z
    .looseObject({
      ...parent('mother'),
      ...parent('father'),
      parity: z.string().optional(),
      multipleBirthsFlag: z.number().int().optional(),
      birthTime: z.string().optional(),
    })
    .optional(),
}

/** Nothing but a resident ID number may call itself document type 01. */
export function checkIdNumber(platform: CardPlatform, idType: string, idNumber: string): void {
  if (idType !== '01') return
  if (isNonResidentPrefix(idNumber)) throw new Refusal('idNumberInvalid', '不是居民身份证号码')
  const parsed = parseResidentId(idNumber, shanghaiDay(platform.clock.nowMs()))
  if (!parsed.ok) throw new Refusal('idNumberInvalid', parsed.problem)
}
