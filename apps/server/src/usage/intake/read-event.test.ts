import { ManualClock } from '@zhangyi/core'
import { describe, expect, test } from 'vitest'
import { usageSchema } from '../../platform/hospitals/usage-config.ts'
import { EventRules, isProblem } from './read-event.ts'
import { readTime } from './read-time.ts'

const NOW_MS = new ManualClock('2026-11-28T12:00:00+08:00').nowMs()
const usage = usageSchema.parse({ campuses: { 东院区: 'E01' } })
const CARD = `${'8A'.repeat(32)}:1`
const GOOD = {
  ...{ key: 'K-1', scene: '0101013', occurredAt: '2026-11-28 11:59:00', qrCodeText: CARD },
  cardChannel: '0402',
}
const read = (changes: object, rules = new EventRules({ usage })) =>
  rules.read({ ...GOOD, ...changes }, NOW_MS)

test('a good event, in both ways to name the patient', () => {
  expect(read({})).toMatchObject({ key: 'K-1', qrCodeText: CARD, occurredAtMs: NOW_MS - 60_000 })
  expect(read({ qrCodeText: undefined, patid: '00012345' })).toMatchObject({ patid: '00012345' })
  expect(read({ occurredAt: '2026-11-28T03:59:00Z' })).toMatchObject({ occurredAtMs: NOW_MS - 60_000 })
})

test.each<[string, object, string]>([
  ['no key', { key: undefined }, 'key'],
  ['a key with a space', { key: 'a b' }, 'key'],
  ['a key of 65 letters', { key: 'k'.repeat(65) }, 'key'],
  ['a key that is a number', { key: 7 }, 'key'],
  ['a scene of letters', { scene: 'book' }, 'scene'],
  ['no time', { occurredAt: undefined }, 'occurredAt'],
  ['a time without its zone', { occurredAt: '2026-11-28T11:59:00' }, 'occurredAt'],
  ['a day that is none', { occurredAt: '2026-02-30 11:59:00' }, 'occurredAt'],
  ['a time six minutes ahead', { occurredAt: '2026-11-28 12:06:00' }, 'occurredAt'],
  ['a time older than intakeDays', { occurredAt: '2026-11-25 11:59:59' }, 'occurredAt'],
  ['neither card nor archive', { qrCodeText: undefined }, 'qrCodeText'],
  ['card and archive', { patid: '1' }, 'patid'],
  ['a card text with a line break', { qrCodeText: 'a\nb' }, 'qrCodeText'],
  ['an archive number with a NUL', { qrCodeText: undefined, patid: 'a\0b' }, 'patid'],
  ['no channel', { cardChannel: undefined }, 'cardChannel'],
  ['a channel of three digits', { cardChannel: '402' }, 'cardChannel'],
  ['a booking without a department', { scene: '0101011' }, 'department'],
  ['a HIS department without its name', { scene: '0101011', departmentId: '1' }, 'departmentName'],
  ['a campus that is not configured', { campus: '西院区' }, 'campus'],
  ['two campuses', { campus: '东院区', subHospitalCode: 'E01' }, 'campus'],
  ['half a WeChat user', { openid: 'o' }, 'appid'],
  ['a field that does not exist', { deparment: '0300' }, 'deparment'],
])('%s is refused, and the field named', (_, changes, field) => {
  const problem = read(changes)
  expect(isProblem(problem) && problem).toMatchObject({
    field,
    message: expect.stringMatching(/\p{Script=Han}/u),
  })
})

test.each([[null], ['text'], [[GOOD]]])('%j is no event', (value) => {
  expect(new EventRules({ usage }).read(value, NOW_MS)).toMatchObject({ field: 'event' })
})

test('what a scene must have comes from the hospital’s settings', () => {
  expect(read({ campus: '东院区' })).toMatchObject({ subHospitalCode: 'E01' })
  expect(read({ campus: 'constructor' })).toMatchObject({ field: 'campus' })
  const other = new EventRules({ usage: { ...usage, otherDepartment: '1800' } })
  expect(isProblem(read({ scene: '0101011' }, other))).toBe(false)
  expect(read({ scene: '0101011', departmentId: '7', departmentName: '内科' }, other)).toMatchObject({
    hisDepartment: { id: '7', name: '内科' },
  })
})

describe('the time by hand agrees with the library', () => {
  test.each(['2024-02-29 00:00:00', '2026-12-31 23:59:59', '2026-01-01 07:59:59'])('%s', (text) => {
    expect(readTime(text)).toBe(Date.parse(`${text.replace(' ', 'T')}+08:00`))
  })
  test.each(['2025-02-29 00:00:00', '2026-11-31 00:00:00', '2026-11-28 24:00:00', '2026-11-28 1a:00:00', ''])(
    '%j is none',
    (text) => expect(readTime(text)).toBeUndefined(),
  )
})
