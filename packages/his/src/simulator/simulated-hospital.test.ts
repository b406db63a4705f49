import { parseOtherDocument, parseResidentId, sameName } from '@zhangyi/core'
import { describe, expect, test } from 'vitest'
import { queryOf } from '../conformance/ask.ts'
import { FreshPeople } from '../conformance/fresh-people.ts'
import type { Archive } from '../port.ts'
import { seededRandom } from './generate-people.ts'
import { KNOWN } from './known-persons.ts'
import { createSimulatedHospital } from './simulated-hospital.ts'

const TODAY = '2026-11-23'
const { archives } = createSimulatedHospital()

function residents(): readonly { readonly archive: Archive; readonly number: string; birthday: string }[] {
  return archives.flatMap((archive) => {
    if (archive.idType !== '01') return []
    const id = parseResidentId(archive.idNumber, TODAY)
    if (!id.ok) throw new Error(`${archive.patid}: ${id.problem}`)
    return [{ archive, number: id.value.number, birthday: id.value.birthday }]
  })
}

describe('the simulated hospital', () => {
  test('holds 200 people or more, some with several archives', () => {
    const people = new Map<string, number>()
    for (const { number } of residents()) people.set(number, (people.get(number) ?? 0) + 1)
    const foreign = archives.filter(({ idType }) => idType !== '01').length
    expect(people.size + foreign).toBeGreaterThanOrEqual(200)
    expect([...people.values()].filter((count) => count > 1).length).toBeGreaterThanOrEqual(10)
  })

  test('holds children, seniors and old 15-digit numbers', () => {
    const born = residents().map(({ birthday }) => birthday)
    expect(born.filter((birthday) => birthday > '2012-11-23').length).toBeGreaterThanOrEqual(10)
    expect(born.filter((birthday) => birthday < '1961-11-23').length).toBeGreaterThanOrEqual(20)
    const short = residents().filter(({ archive }) => archive.idNumber.length === 15)
    expect(short.length).toBeGreaterThanOrEqual(5)
  })

  test('holds foreigners and people from Hong Kong, Macao and Taiwan, with well-formed documents', () => {
    const others = archives.filter(({ idType }) => idType !== '01')
    expect(new Set(others.map(({ idType }) => idType))).toEqual(new Set(['03', '06', '07', '15', '17']))
    for (const { idType, idNumber } of others)
      expect(parseOtherDocument(idType, idNumber)).toMatchObject({ ok: true })
  })

  test('holds people with archives in several campuses, and two names under one number', () => {
    const byNumber = Map.groupBy(residents(), ({ number }) => number).values()
    const shared = [...byNumber].map((group) => group.map(({ archive }) => archive))
    const campuses = shared.map((group) => new Set(group.map(({ campus }) => campus)).size)
    expect(campuses.filter((count) => count > 1).length).toBeGreaterThanOrEqual(5)
    const mistaken = shared.filter((group) => group.some(({ name }) => name !== group[0]?.name))
    expect(mistaken.length).toBeGreaterThanOrEqual(3)
  })

  test('knows no visit before birth or after today', () => {
    for (const { archive, birthday } of residents()) {
      expect((archive.lastVisitOn ?? '9') > birthday).toBe(true)
      expect((archive.lastVisitOn ?? '') < TODAY).toBe(true)
    }
  })

  test('spreads over several campuses; patids and visit cards are unique', () => {
    expect(new Set(archives.map(({ campus }) => campus)).size).toBe(3)
    expect(new Set(archives.map(({ patid }) => patid)).size).toBe(archives.length)
    const cards = archives.flatMap(({ visitCardNumber }) => visitCardNumber ?? [])
    expect(new Set(cards).size).toBe(cards.length)
    expect(cards.length).toBeLessThan(archives.length)
  })

  test('is the same for the same seed and another for another', () => {
    expect(createSimulatedHospital({ seed: 5 }).archives).toEqual(
      createSimulatedHospital({ seed: 5 }).archives,
    )
    expect(createSimulatedHospital({ seed: 6 }).archives).not.toEqual(archives)
  })

  test.each(Object.values(KNOWN))('$name has the number, birthday and gender that go together', (person) => {
    const { idType, idNumber, birthday, gender } = person
    if (idType === '01')
      expect(parseResidentId(idNumber, TODAY)).toEqual({
        ok: true,
        value: { number: idNumber, birthday, gender },
      })
    else expect(parseOtherDocument(idType, idNumber)).toEqual({ ok: true, value: idNumber })
  })

  test.each([
    [KNOWN.liMinghua, 1, 1],
    [KNOWN.liXiaobao, 1, 1],
    [KNOWN.chenXiulan, 0, 0],
    [KNOWN.wangFang, 0, 0],
    [KNOWN.zhaoDefu, 1, 1],
    [KNOWN.sunGuizhen, 3, 3],
    [KNOWN.wuTao, 2, 1],
    [KNOWN.johnSmith, 1, 1],
  ])('$name has the archives that the demonstration relies on', async (person, found, underOwnName) => {
    const { port, archivesOf } = createSimulatedHospital()
    const answer = await port.archives.find(queryOf(person))
    expect(answer).toHaveLength(found)
    expect(answer.filter(({ name }) => sameName(name, person.name))).toHaveLength(underOwnName)
    expect(archivesOf(person)).toHaveLength(underOwnName)
  })

  test('hands out copies: a caller cannot change what the hospital holds', async () => {
    const { port } = createSimulatedHospital()
    const [mine] = await port.archives.find(queryOf(KNOWN.liMinghua))
    Object.assign(mine ?? {}, { name: '别人' })
    expect((await port.archives.find(queryOf(KNOWN.liMinghua)))[0]?.name).toBe('李明华')
  })

  test('keeps archives, bindings and request keys in its store', async () => {
    let kept = ''
    const store = {
      load: () => (kept === '' ? undefined : JSON.parse(kept)),
      save: (state: unknown) => {
        kept = JSON.stringify(state)
      },
    }
    const person = new FreshPeople(seededRandom(2)).adult()
    const before = createSimulatedHospital({ store })
    const answer = await before.port.archives.create(person, 'key')
    if (answer.kind !== 'yes') throw new Error(answer.kind)
    expect(createSimulatedHospital({ store }).archives).toHaveLength(before.archives.length)
    const card = { patid: answer.value.patid, healthCardId: 'CARD', qrCodeText: 'CARD:1' }
    await before.port.cards.bind(card, 'bind')

    const after = createSimulatedHospital({ store })
    expect(after.archives).toHaveLength(before.archives.length)
    expect(after.bindings).toEqual([card])
    expect(after.filings).toMatchObject([{ patid: card.patid, filed: { verified: true } }])
    expect(await after.port.archives.create(person, 'key')).toMatchObject({
      kind: 'yes',
      value: { patid: answer.value.patid },
    })
    expect(after.archives).toHaveLength(before.archives.length)
  })
})
