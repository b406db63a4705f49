import fc from 'fast-check'
import { expect, test } from 'vitest'
import { queryOf } from '../conformance/ask.ts'
import { FreshPeople } from '../conformance/fresh-people.ts'
import { HisError } from '../port.ts'
import { seededRandom } from './generate-people.ts'
import type { HisFaultKind } from './his-faults.ts'
import { createSimulatedHospital, type SimulatedHospital } from './simulated-hospital.ts'

const SEED = 20_261_123

const made = new FreshPeople(seededRandom(3))
const PEOPLE = [made.adult(), made.child(), made.foreigner()].map((person, index) => ({
  person,
  key: `create-${index}`,
  healthCardId: `CARD${index}`,
}))
type Someone = (typeof PEOPLE)[number]

const step = fc.record({
  // `create-anew`: the same person from another phone, under another key.
  what: fc.constantFrom('create' as const, 'create-anew' as const, 'find' as const, 'bind' as const),
  who: fc.constantFrom(...PEOPLE),
  fault: fc.option(fc.constantFrom<HisFaultKind>('reply-lost', 'unavailable', 'duplicate'), {
    nil: undefined,
  }),
})
const OPERATIONS = {
  create: 'archives.create',
  'create-anew': 'archives.create',
  find: 'archives.find',
  bind: 'cards.bind',
} as const
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
  if (fault) hospital.faults.order({ kind: fault, operation: OPERATIONS[what], times: 1 })
  if (what === 'find') await find(hospital, who)
  else if (what === 'bind') await bind(hospital, who)
  else await hospital.port.archives.create(who.person, what === 'create' ? who.key : `${who.key}-anew`)
}

test(`lost replies and retries with the same key never give one person two archives (seed ${SEED})`, async () => {
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
        const anew = order.flat().some(({ what, who }) => what === 'create-anew' && who === someone)
        if (retried.kind === 'yes' || !anew) expect(retried).toMatchObject({ kind: 'yes', value: { patid } })
        else expect(retried).toMatchObject({ kind: 'no', code: 'duplicate' })
        expect(hospital.bindings.filter((card) => card.patid === patid)).toHaveLength(1)
      }
    }),
    { seed: SEED, numRuns: 200 },
  )
})
