import { fen, ManualClock, type Outcome } from '@zhangyi/core'
import { FreshPeople } from '../../conformance/fresh-people.ts'
import type { HisPort } from '../../port.ts'
import { seededRandom } from '../generate-people.ts'
import { createSimulatedHospital, type SimulatedHospitalOptions } from '../simulated-hospital.ts'

export const NOW = '2026-11-23T09:00:00+08:00'

/** A hospital at a fixed moment, all groups of its port, and a new patient. */
export async function openHospital(options: SimulatedHospitalOptions = {}) {
  const clock = new ManualClock(NOW)
  const hospital = createSimulatedHospital({ clock, ...options })
  const people = new FreshPeople(seededRandom(11), clock)
  const newPatient = async (): Promise<string> => {
    const person = people.adult()
    return accepted(await hospital.port.archives.create(person, crypto.randomUUID())).patid
  }
  const patid = await newPatient()
  return { clock, hospital, port: hospital.port as Required<HisPort>, patid, newPatient }
}

export function accepted<T>(outcome: Outcome<T>): T {
  if (outcome.kind !== 'yes') throw new Error(`expected yes, got ${JSON.stringify(outcome)}`)
  return outcome.value
}

/** A store that keeps what a file would keep: JSON. */
export function memoryStore() {
  let kept: string | undefined
  return {
    load: () => (kept === undefined ? undefined : JSON.parse(kept)),
    save: (state: unknown) => {
      kept = JSON.stringify(state)
    },
  }
}

/** A payment that was queried as successful. */
export function paidNow(paymentNumber: string, amount: number) {
  return { paymentNumber, channelNumber: `4200${paymentNumber}`, amount: fen(amount), paidAt: NOW }
}
