import { to15Digits } from '@zhangyi/core'
import type { Archive } from '../port.ts'
import type { ArchivedPerson } from './archived-person.ts'
import { generatePeople, seededRandom } from './generate-people.ts'
import { KNOWN } from './known-persons.ts'

export const CAMPUSES = ['解放路院区', '城西院区', '滨江院区'] as const
const GENERATED_PEOPLE = 220

/** 220 generated people and the known ones; about one in twelve has a second archive, as in real hospitals. */
export function seedArchives(seed: number): readonly Archive[] {
  const random = seededRandom(seed)
  const archives: Archive[] = []
  const file = (person: ArchivedPerson, changes: Partial<Archive> = {}) => {
    const serial = archives.length + 1
    const { name, idType, idNumber } = person
    archives.push({
      patid: `P${String(100_000 + serial)}`,
      name,
      idType,
      idNumber,
      visitCardNumber: random() < 0.9 ? `0000${String(serial * 7_919).padStart(8, '0')}` : undefined,
      phone: `139${String(10_000_000 + serial)}`,
      campus: CAMPUSES[Math.floor(random() * CAMPUSES.length)],
      lastVisitOn:
        random() < 0.85
          ? `202${Math.floor(random() * 6)}-0${1 + Math.floor(random() * 9)}-1${Math.floor(random() * 10)}`
          : undefined,
      ...changes,
    })
  }
  const short = (person: ArchivedPerson) => to15Digits(person.idNumber) ?? person.idNumber

  file(KNOWN.liMinghua, { visitCardNumber: '000000420931', campus: CAMPUSES[0], lastVisitOn: '2026-08-12' })
  file(KNOWN.liXiaobao, { visitCardNumber: '000000520317', campus: CAMPUSES[0], lastVisitOn: '2026-05-18' })
  file(KNOWN.zhaoDefu, {
    idNumber: short(KNOWN.zhaoDefu),
    visitCardNumber: '000000011954',
    lastVisitOn: '2025-12-01',
  })
  file(KNOWN.sunGuizhen, { visitCardNumber: '000000620931', campus: CAMPUSES[0], lastVisitOn: '2026-08-03' })
  file(KNOWN.sunGuizhen, { visitCardNumber: '000000624420', campus: CAMPUSES[1], lastVisitOn: '2021-03-15' })
  file(KNOWN.sunGuizhen, {
    idNumber: short(KNOWN.sunGuizhen),
    visitCardNumber: undefined,
    campus: CAMPUSES[2],
    lastVisitOn: undefined,
  })
  file(KNOWN.wuTao, { visitCardNumber: '000000881123' })
  file({ ...KNOWN.wuTao, name: '吴滔' }, { visitCardNumber: '000000881124' })
  file(KNOWN.johnSmith, { visitCardNumber: '000000850630', lastVisitOn: '2026-01-20' })
  for (const [index, person] of generatePeople(GENERATED_PEOPLE, random).entries()) {
    file(person, index % 15 === 0 && person.idType === '01' ? { idNumber: short(person) } : {})
    if (index % 12 === 0) file(person)
  }
  return archives
}
