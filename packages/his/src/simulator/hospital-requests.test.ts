import { ManualClock } from '@zhangyi/core'
import { beforeEach, describe, expect, test } from 'vitest'
import { FreshPeople } from '../conformance/fresh-people.ts'
import { seededRandom } from './generate-people.ts'
import type { HisFaultKind } from './his-faults.ts'
import { KNOWN } from './known-persons.ts'
import { createSimulatedHospital, type SimulatedHospital } from './simulated-hospital.ts'

const clock = new ManualClock('2026-11-23T09:00:00+08:00')
const people = new FreshPeople(seededRandom(1), clock)
const someone = people.adult()
const card = { patid: 'P100001', healthCardId: 'CARD', qrCodeText: 'CARD:1' }

let hospital: SimulatedHospital
beforeEach(() => {
  hospital = createSimulatedHospital({ clock })
})
const create = (person = someone, key = 'key') => hospital.port.archives.create(person, key)
const count = () => hospital.archivesOf(someone).length

describe('a request', () => {
  test('that comes again under its key gets the same answer, in whatever order its fields stand', async () => {
    const first = await create()
    const turned = Object.fromEntries(Object.entries(someone).toReversed()) as unknown as typeof someone
    expect(await create(turned)).toEqual(first)
    expect(count()).toBe(1)
  })

  test('that brings a used key with other input is refused', async () => {
    await create()
    const keyReused = { kind: 'no', code: 'key-reused' }
    expect(await create(people.adult())).toMatchObject(keyReused)
    await hospital.port.cards.bind(card, 'bind')
    expect(await hospital.port.cards.bind({ ...card, patid: 'P100002' }, 'bind')).toMatchObject(keyReused)
    expect(hospital.bindings).toHaveLength(1)
  })

  test.each(['constructor', '__proto__', 'archives.create key'])('may have the key %s', async (key) => {
    expect(await create(someone, key)).toMatchObject({ kind: 'yes' })
    expect(await create(someone, key)).toMatchObject({ kind: 'yes' })
    expect(await hospital.port.cards.bind(card, key)).toMatchObject({ kind: 'yes' })
  })

  test('to bind the same card again, under whatever key, leaves one binding', async () => {
    for (const key of ['a', 'a', 'b'])
      expect(await hospital.port.cards.bind(card, key)).toMatchObject({ kind: 'yes' })
    expect(hospital.bindings).toEqual([card])
  })

  test('for a person who is filed is a duplicate, under the 15-digit number too', async () => {
    const known = { ...someone, ...KNOWN.zhaoDefu }
    expect(await create(known, 'a')).toMatchObject({ kind: 'no', code: 'duplicate' })
    expect(await create({ ...known, idNumber: '330102540312401' }, 'b')).toMatchObject({
      kind: 'no',
      code: 'duplicate',
    })
  })

  test('for a child needs a guardian until the birthday, and is kept as it came', async () => {
    const child = { ...people.child(), birthday: '2012-11-24' }
    const alone = { ...child, guardian: undefined }
    expect(await create(alone, 'a')).toMatchObject({ kind: 'no', code: 'guardian-required' })
    expect(await create(child, 'b')).toMatchObject({ kind: 'yes' })
    expect(hospital.filings).toEqual([{ patid: expect.any(String), filedAtMs: clock.nowMs(), filed: child }])
    const born14YearsAgo = { ...people.child(), birthday: '2012-11-23', guardian: undefined }
    expect(await create(born14YearsAgo, 'c')).toMatchObject({ kind: 'yes' })
  })
})

describe('phone and address', () => {
  const find = (patid: string) => hospital.archives.find((one) => one.patid === patid)
  const update = (change: object, key: string) =>
    hospital.port.archives.update?.({ patid: 'P100001', ...change }, key)

  test('are changed one by one; what is left out stays, a repetition does not bring the old one back', async () => {
    const before = find('P100001')
    expect(await update({ phone: '13800000211' }, 'a')).toEqual({
      kind: 'yes',
      value: { ...before, phone: '13800000211' },
    })
    await update({ address: '新街 1 号' }, 'b')
    await update({ phone: '13800000212' }, 'c')
    expect(await update({ phone: '13800000211' }, 'a')).toMatchObject({ value: { phone: '13800000211' } })
    expect(find('P100001')).toEqual({ ...before, phone: '13800000212', address: '新街 1 号' })
    expect(await update({ phone: '13800000213' }, 'a')).toMatchObject({ kind: 'no', code: 'key-reused' })
  })

  test('of nobody are not found; a hospital may not offer the change at all', async () => {
    expect(await update({ patid: 'P0', phone: '1' }, 'a')).toMatchObject({ kind: 'no', code: 'not-found' })
    const { port } = createSimulatedHospital({ clock, updatesArchives: false })
    expect(Object.keys(port.archives)).toEqual(['find', 'create'])
  })

  test('of an unverified person: no phone until the counter confirms it, or a verified change brings one', async () => {
    const [first, second] = [people.adult(), people.adult()]
    const patids: string[] = []
    for (const person of [first, second]) {
      const made = await create({ ...person, verified: false, address: '建国路 1 号' }, person.idNumber)
      expect(made).toMatchObject({ kind: 'yes', value: { phone: undefined, address: '建国路 1 号' } })
      if (made.kind === 'yes') patids.push(made.value.patid)
    }
    const [one = '', two = ''] = patids
    expect(hospital.unconfirmedPhoneOf(one)).toBe(first.phone)
    expect(hospital.confirmPhone(one).phone).toBe(first.phone)
    expect(find(one)).toMatchObject({ phone: first.phone })
    expect(hospital.unconfirmedPhoneOf(one)).toBeUndefined()
    await update({ patid: two, phone: '13800000299' }, 'u')
    expect(hospital.unconfirmedPhoneOf(two)).toBeUndefined()
    expect(hospital.confirmPhone(two).phone).toBe('13800000299')
    expect(() => hospital.confirmPhone('P0')).toThrow(RangeError)
  })
})

describe('a fault', () => {
  test.each<[HisFaultKind, object, number]>([
    ['unavailable', { kind: 'unknown' }, 0],
    ['refused', { kind: 'no', code: 'refused' }, 0],
    ['reply-lost', { kind: 'unknown', cause: 'reply-lost' }, 1],
    ['duplicate', { kind: 'no', code: 'duplicate' }, 1],
    ['slow', { kind: 'yes' }, 1],
  ])('%s hits a creation once; the same key afterwards succeeds', async (kind, answer, filed) => {
    hospital.faults.order({ kind, operation: 'archives.create', times: 1, delayMs: 5 })
    expect(await create()).toMatchObject(answer)
    expect(count()).toBe(filed)
    expect(await create()).toMatchObject({ kind: 'yes' })
    expect(count()).toBe(1)
  })

  test.each<[HisFaultKind, string]>([
    ['unavailable', 'unavailable'],
    ['reply-lost', 'unavailable'],
    ['refused', 'refused'],
  ])('%s makes a read throw', async (kind, thrown) => {
    hospital.faults.order({ kind, times: 2 })
    const query = { idType: '01' as const, idNumbers: [someone.idNumber], name: someone.name }
    await expect(hospital.port.archives.find(query)).rejects.toMatchObject({ name: 'HisError', kind: thrown })
    await expect(hospital.port.probe()).rejects.toMatchObject({ kind: thrown })
    await hospital.port.probe()
  })

  test('duplicate leaves reads alone', async () => {
    hospital.faults.order({ kind: 'duplicate' })
    await hospital.port.probe()
    expect(await create()).toMatchObject({ code: 'duplicate' })
  })

  test('slow holds the answer back', async () => {
    hospital.faults.order({ kind: 'slow', operation: 'probe', delayMs: 30 })
    const startedAtMs = performance.now()
    await hospital.port.probe()
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(25)
  })

  test('hits only its operation, as often as ordered, and is listed until then', async () => {
    hospital.faults.order({ kind: 'unavailable', operation: 'cards.bind', times: 2 })
    expect(await create()).toMatchObject({ kind: 'yes' })
    expect(await hospital.port.cards.bind(card, 'a')).toMatchObject({ kind: 'unknown' })
    expect(hospital.faults.list()).toEqual([{ kind: 'unavailable', operation: 'cards.bind', times: 1 }])
    expect(await hospital.port.cards.bind(card, 'a')).toMatchObject({ kind: 'unknown' })
    expect(await hospital.port.cards.bind(card, 'a')).toMatchObject({ kind: 'yes' })
  })

  test('without a number stays until cleared', async () => {
    hospital.faults.order({ kind: 'refused' })
    for (let call = 0; call < 3; call++) expect(await create()).toMatchObject({ kind: 'no' })
    hospital.faults.clear()
    expect(await create()).toMatchObject({ kind: 'yes' })
  })

  test.each([0, -1, Number.NaN])('for %d calls is refused', (times) => {
    expect(() => hospital.faults.order({ kind: 'slow', times })).toThrow(RangeError)
  })
})
