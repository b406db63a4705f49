import type { Doctor, Period, Slot } from '../../api/visit-types.ts'
import { periodNames, visitTexts as texts } from '../../texts/visits.ts'
import { doctorWords, feeWords, timeWords } from '../shared/visit-words.ts'

export type SlotChoice = {
  readonly id: string
  readonly time: string
  /** 「余 3」 or 「约满」. */
  readonly left: string
  readonly full: boolean
  /** Read aloud: beside others a button says only its time. */
  readonly label: string
}
export type Clinic = {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly introduction: string
  readonly fee: string
  readonly slots: readonly SlotChoice[]
}
export type PeriodGroup = {
  readonly period: Period
  readonly title: string
  readonly clinics: readonly Clinic[]
}

const PERIODS: readonly Period[] = ['morning', 'afternoon', 'evening']

/** The slots of one day by half day and doctor, in the order of the gateway within each. */
export function groupSlots(slots: readonly Slot[], doctors: readonly Doctor[]): readonly PeriodGroup[] {
  const byId = new Map(doctors.map((one) => [one.id, one]))
  return PERIODS.map((period) => ({
    period,
    title: periodNames[period],
    clinics: clinicsOf(
      slots.filter((slot) => slot.period === period),
      byId,
    ),
  })).filter(({ clinics }) => clinics.length > 0)
}

function clinicsOf(slots: readonly Slot[], doctors: ReadonlyMap<string, Doctor>): readonly Clinic[] {
  const clinics = new Map<string, Slot[]>()
  for (const slot of slots) {
    // A doctor may sit for two fees on one morning, e.g. 专家 and 普通: those stand apart.
    const id = `${slot.doctorId ?? ''}.${slot.feeFen}`
    clinics.set(id, [...(clinics.get(id) ?? []), slot])
  }
  return [...clinics].flatMap(([id, ofClinic]) => {
    const [first] = ofClinic
    if (!first) return []
    const doctor = doctors.get(first.doctorId ?? '')
    const name = doctorWords(first.doctorName)
    return [
      {
        id,
        name,
        title: doctor?.title ?? '',
        introduction: doctor?.introduction ?? '',
        fee: feeWords(first.feeFen),
        slots: ofClinic.map((slot) => choiceOf(slot, name)),
      },
    ]
  })
}

function choiceOf(slot: Slot, who: string): SlotChoice {
  const full = slot.remaining <= 0
  const time = timeWords(slot)
  const left = full ? texts.full : texts.remaining(slot.remaining)
  return { id: slot.id, time, left, full, label: texts.slotLabel(who, time, left) }
}
