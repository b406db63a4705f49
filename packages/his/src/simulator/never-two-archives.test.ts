import fc from 'fast-check'
import { expect, test } from 'vitest'
import { queryOf } from '../conformance/ask.ts'
import { FreshPeople } from '../conformance/fresh-people.ts'
import { HisError } from '../port.ts'
import { seededRandom } from './generate-people.ts'
import type { HisFaultKind } from './his-faults.ts'
import { createSimulatedHospital, type SimulatedHospital } from './simulated-hospital.ts'

const made = new FreshPeople(seededRandom(3))
const PEOPLE = [made.adult(), made.child(), made.foreigner()].map((person, index) => ({
  person,
  key: `create-${index}`,
  healthCardId: `CARD${index}`,
}))
type Someone = (typeof PEOPLE)[number]

const step = fc.record({
  what: fc.constantFrom('create' as const, 'find' as const, 'bind' as const),
  who: fc.constantFrom(...PEOPLE),
  fault: fc.option(fc.constantFrom<HisFaultKind>('reply-lost', 'unavailable'), { nil: undefined }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function find({ port }: SimulatedHospital, { person }: Someone) {
  try {
    return await port.archives.find(queryOf(person))
  } catch (error) {
    if (error instanceof HisError) return []
    throw error
  }
}

async function bind(hospital: SimulatedHospital, someone: Someone): Promise<void> {
  const { key, healthCardId } = someone
  for (const { patid } of await find(hospital, someone))
    await hospital.port.cards.bind({ patid, healthCardId, qrCodeText: `${healthCardId}:1` }, `bind-${key}`)
}

async function take(hospital: SimulatedHospital, { what, who, fault }: Step): Promise<void> {
  const operation = what === 'bind' ? 'cards.bind' : `archives.${what}`
  if (fault) hospital.faults.order({ kind: fault, operation, times: 1 })
  if (what === 'create') await hospital.port.archives.create(who.person, who.key)
  else await (what === 'find' ? find : bind)(hospital, who)
}

test('lost replies and retries with the same key never give one person two archives', async () => {
  // Steps of one batch run at once, batches one after the other.
  const batches = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(batches, async (order) => {
      const hospital = createSimulatedHospital()
      for (const batch of order) await Promise.all(batch.map((one) => take(hospital, one)))
      hospital.faults.clear()
      for (const someone of PEOPLE) {
        const before = (await find(hospital, someone)).length
        const retried = await hospital.port.archives.create(someone.person, someone.key)
        await bind(hospital, someone)
        const found = await find(hospital, someone)
        const patid = found[0]?.patid
        expect(before).toBeLessThanOrEqual(1)
        expect(found).toHaveLength(1)
        expect(retried).toMatchObject({ kind: 'yes', value: { patid } })
        expect(hospital.bindings.filter((card) => card.patid === patid)).toHaveLength(1)
      }
    }),
    { seed: 20_261_123, numRuns: 200 },
  )
})
