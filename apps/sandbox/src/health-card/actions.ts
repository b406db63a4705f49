import { isRealDate, parseResidentId, shanghaiDay } from '@zhangyi/core'
import { z } from 'zod'
import type { Simulator } from '../kit/simulator.ts'
import type { CardPlatform } from './platform.ts'

const personId = z.string().regex(/^[\w-]{1,40}$/, 'a person id is 1–40 of letters, digits, "_" and "-"')
const field = z.string().min(1).max(200)
/** Absent: made up. Null: the card does not have it, so the hospital has to ask. */
const optionalField = field.nullable().optional()

const seedCard = z.strictObject({
  person: personId,
  name: field,
  idNumber: field,
  idType: field.default('01'),
  gender: z.enum(['男', '女']).optional(),
  nation: optionalField,
  birthday: z.string().refine(isRealDate, 'not yyyy-MM-dd').nullable().optional(),
  phone: optionalField,
  address: optionalField,
  relation: field.optional(),
})
const age = z.number().int().min(0).max(150)
const settings = z.strictObject({
  ageBoundaries: z.strictObject({ guardianOnlyBelow: age, adultFrom: age, seniorAfter: age }).optional(),
  callbackHosts: z.array(z.string().min(1)).max(20).optional(),
})

/** What a test or a person does in place of WeChat and of years gone by. */
export function cardActions(platform: CardPlatform): Simulator['actions'] {
  return {
    'wechat-code': (input) => {
      const { person } = z.strictObject({ person: personId }).parse(input)
      return { wechatCode: platform.wechatCodes.issue(person) }
    },
    'seed-card': (input) => {
      const { person, name, idNumber, idType, relation, phone, ...wanted } = seedCard.parse(input)
      const resident =
        idType === '01' ? parseResidentId(idNumber, shanghaiDay(platform.clock.nowMs())) : undefined
      const fromId = resident?.ok ? resident.value : undefined
      return platform.cards.put(
        person,
        {
          ...{ name, idNumber, idType, relation },
          gender: wanted.gender ?? fromId?.gender ?? '女',
          nation: orMadeUp(wanted.nation, '汉族'),
          birthday: orMadeUp(wanted.birthday, fromId?.birthday ?? '1990-01-01'),
          phone1: orMadeUp(phone, '13800000000'),
          address: orMadeUp(wanted.address, '浙江省杭州市上城区解放路 1 号'),
        },
        idType === '01',
      )
    },
    cards: (input) => {
      const { person } = z.strictObject({ person: personId }).parse(input)
      return platform.cards.ofPerson(person)
    },
    'health-code': (input) => {
      const known = field.refine((id) => platform.cards.byId(id) !== undefined, 'no such card')
      const { healthCardId } = z.strictObject({ healthCardId: known }).parse(input)
      return { healthCode: platform.healthCodes.issue(healthCardId) }
    },
    settings: (input) => Object.assign(platform.settings, settings.parse(input)),
  }
}

function orMadeUp(wanted: string | null | undefined, madeUp: string): string | undefined {
  return wanted === null ? undefined : (wanted ?? madeUp)
}
