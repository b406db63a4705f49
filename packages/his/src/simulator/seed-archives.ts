import { to15Digits } from '@zhangyi/core'
import type { Archive } from '../port.ts'
import type { ArchivedPerson } from './archived-person.ts'
import { patidOf, visitCardNumberOf } from './file-archive.ts'
import { generatePeople, seededRandom } from './generate-people.ts'
import { KNOWN } from './known-persons.ts'

export const CAMPUSES = ['解放路院区', '城西院区', '滨江院区'] as const
// From the serial number and not from the seed's sequence: the people of a seed stay who they were.
const STREETS = [
  '浙江省杭州市上城区延安路',
  '浙江省杭州市西湖区文三路',
  '浙江省杭州市滨江区江南大道',
  '浙江省杭州市余杭区禹航路',
  '浙江省宁波市慈溪市三北大街',
] as const
const GENERATED_PEOPLE = 220
// A 15-digit number in the files is one that was taken from a card of the last century.
const OLD_CARD_BEFORE = '1984'

type FilePerson = (person: ArchivedPerson, changes?: Partial<Archive>) => void

/** The known people and 220 generated ones; about one in twelve has several archives, as in real hospitals. */
export function seedArchives(seed: number): readonly Archive[] {
  const random = seededRandom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const archives: Archive[] = []
  const file: FilePerson = ({ name, idType, idNumber, birthday }, changes = {}) => {
    const serial = archives.length + 1
    const visitedOn = `202${below(6)}-0${1 + below(9)}-1${below(10)}`
    archives.push({
      patid: patidOf(serial),
      name,
      idType,
      idNumber,
      visitCardNumber: random() < 0.9 ? visitCardNumberOf(serial) : undefined,
      phone: `139${String(10_000_000 + serial)}`,
      address: addressOf(serial),
      campus: CAMPUSES[below(CAMPUSES.length)],
      lastVisitOn: random() < 0.85 && visitedOn > birthday ? visitedOn : undefined,
      ...changes,
    })
  }
  fileKnown(file)
  fileGenerated(file, generatePeople(GENERATED_PEOPLE, random))
  return archives
}

function fileKnown(file: FilePerson): void {
  const { liMinghua, liXiaobao, zhaoDefu, sunGuizhen, wuTao, johnSmith } = KNOWN
  const [jiefangLu, chengxi, binjiang] = CAMPUSES
  file(liMinghua, { visitCardNumber: '000000420931', campus: jiefangLu, lastVisitOn: '2026-08-12' })
  file(liXiaobao, { visitCardNumber: '000000520317', campus: jiefangLu, lastVisitOn: '2026-05-18' })
  file(zhaoDefu, {
    idNumber: short(zhaoDefu),
    visitCardNumber: '000000011954',
    lastVisitOn: '2025-12-01',
  })
  file(sunGuizhen, { visitCardNumber: '000000620931', campus: jiefangLu, lastVisitOn: '2026-08-03' })
  file(sunGuizhen, { visitCardNumber: '000000624420', campus: chengxi, lastVisitOn: '2021-03-15' })
  file(sunGuizhen, {
    idNumber: short(sunGuizhen),
    visitCardNumber: undefined,
    campus: binjiang,
    lastVisitOn: undefined,
  })
  file(wuTao, { visitCardNumber: '000000881123' })
  file({ ...wuTao, name: '吴滔' }, { visitCardNumber: '000000881124' })
  file(johnSmith, { visitCardNumber: '000000850630', lastVisitOn: '2026-01-20' })
}

function fileGenerated(file: FilePerson, people: readonly ArchivedPerson[]): void {
  for (const [index, person] of people.entries()) {
    const old = person.birthday < OLD_CARD_BEFORE
    file(person, old && index % 6 === 0 ? { idNumber: short(person) } : {})
    if (index % 12 === 0) file(person)
    if (index % 60 === 24) file(person)
    // Two people under one number: a window took the wrong card.
    if (index % 50 === 10) file({ ...person, name: people[index + 1]?.name ?? person.name })
  }
}

/** About one archive in seven has none. */
function addressOf(serial: number): string | undefined {
  return serial % 7 === 0 ? undefined : `${STREETS[(serial - 1) % STREETS.length]} ${100 + serial} 号`
}

function short({ idType, idNumber }: ArchivedPerson): string {
  return idType === '01' ? (to15Digits(idNumber) ?? idNumber) : idNumber
}
