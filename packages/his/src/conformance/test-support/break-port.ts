import { ManualClock, type Outcome, yes } from '@zhangyi/core'
import type { Archive, HisPort, NewArchive } from '../../port.ts'
import { KNOWN } from '../../simulator/known-persons.ts'
import { createSimulatedHospital, type SimulatedHospitalOptions } from '../../simulator/simulated-hospital.ts'
import type { LoseReply } from '../check.ts'
import type { ConformanceFixtures } from '../fixtures.ts'

/** Everybody whom the kit asks for, as the simulated hospital knows them. */
export const ALL_FIXTURES: ConformanceFixtures = {
  oneArchive: KNOWN.liMinghua,
  severalArchives: KNOWN.sunGuizhen,
  filedUnder15: KNOWN.zhaoDefu,
  depositor: KNOWN.liMinghua,
  feePayer: KNOWN.liMinghua,
  reportReader: KNOWN.liMinghua,
}

/** A simulated hospital, the hooks by which the kit loses its replies and moves its clock, and small pages. */
export function hospitalWithHooks(options: SimulatedHospitalOptions = {}) {
  const clock = new ManualClock('2026-11-23T09:00:00+08:00')
  const { port, faults } = createSimulatedHospital({ clock, billPageSize: 2, ...options })
  const loseReply: LoseReply = (operation) => faults.order({ kind: 'reply-lost', operation, times: 1 })
  const passTime = (ms: number) => clock.advance(ms)
  return { port, hooks: { clock, loseReply, passTime } }
}

type Find = HisPort['archives']['find']
type Create = HisPort['archives']['create']
type Bind = HisPort['cards']['bind']

/** A port with one method replaced. */
export const withFind = (change: (find: Find) => Find) => (port: HisPort) => ({
  ...port,
  archives: { ...port.archives, find: change(port.archives.find) },
})
export const withCreate = (change: (create: Create) => Create) => (port: HisPort) => ({
  ...port,
  archives: { ...port.archives, create: change(port.archives.create) },
})
export const withBind = (change: (bind: Bind) => Bind) => (port: HisPort) => ({
  ...port,
  cards: { bind: change(port.cards.bind) },
})

/** A HIS that files somebody again when `again` says so: the second archive stands beside the first. */
export function filesTwice(again: (answer: Outcome<Archive>, key: string) => boolean) {
  return (port: HisPort): HisPort => {
    const extras: Archive[] = []
    const file = (wanted: NewArchive): Outcome<Archive> => {
      const { name, idType, idNumber, phone } = wanted
      const rest = { visitCardNumber: undefined, campus: undefined, lastVisitOn: undefined }
      const archive = { patid: `X${extras.length}`, name, idType, idNumber, phone, ...rest }
      extras.push(archive)
      return yes(archive)
    }
    return {
      ...port,
      archives: {
        find: async (person) => [
          ...(await port.archives.find(person)),
          ...extras.filter(({ idNumber }) => person.idNumbers.includes(idNumber)),
        ],
        create: async (wanted, key) => {
          const answer = await port.archives.create(wanted, key)
          return again(answer, key) ? file(wanted) : answer
        },
      },
    }
  }
}

export function onRepeatedKey(): (answer: Outcome<Archive>, key: string) => boolean {
  const seen = new Set<string>()
  return (_answer, key) => seen.has(key) || !seen.add(key)
}

export function onKeyInFlight(): (port: HisPort) => HisPort {
  const open = new Map<string, number>()
  const twice = filesTwice((_answer, key) => (open.get(key) ?? 0) > 1)
  return (port) => {
    const broken = twice(port)
    const create: Create = async (wanted, key) => {
      open.set(key, (open.get(key) ?? 0) + 1)
      const answer = await broken.archives.create(wanted, key)
      open.set(key, (open.get(key) ?? 0) - 1)
      return answer
    }
    return { ...broken, archives: { ...broken.archives, create } }
  }
}
