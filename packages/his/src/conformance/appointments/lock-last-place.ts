import { wordsOf } from '../ask.ts'
import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { findSlots } from '../schedules/ask-slots.ts'
import { lockSlot, newPatient, unlock } from './ask-appointments.ts'

// Made-up patients take the other places first; more of them would fill the test environment with archives.
const MOST_PLACES = 5

export const lockLastPlace: ConformanceCheck = {
  name: 'appointments.lock-last-place',
  zh: "并发：最后一个号被两位患者同时锁，只有一位锁到，另一位得到 no('slot-taken')",
  because: '两位都锁到、都付了钱，到了医院才发现只有一个号。',
  run: async (bench) => {
    const appointments = groupOf(bench, 'appointments')
    const found = await findSlots(bench, ({ remaining }) => remaining > 0 && remaining <= MOST_PLACES)
    const [slot] = found.slots.toSorted((left, right) => left.remaining - right.remaining)
    must(slot !== undefined, '没有号源')
    const locks: string[] = []
    for (let places = slot.remaining; places > 1; places--)
      locks.push((await lockSlot(bench, slot, await newPatient(bench))).lockId)
    const [one, other] = [await newPatient(bench), await newPatient(bench)]
    const outcomes = await Promise.all(
      [one, other].map((patid) => appointments.lock({ slotId: slot.slotId, patid }, bench.newKey())),
    )
    for (const outcome of outcomes) if (outcome.kind === 'yes') locks.push(outcome.value.lockId)
    for (const lockId of locks) await unlock(bench, lockId)
    must(
      outcomes.filter(({ kind }) => kind === 'yes').length === 1,
      `两次锁号的答复是 ${outcomes.map(wordsOf).join('、')}，应当只有一次 yes`,
    )
    const refused = outcomes.find(({ kind }) => kind !== 'yes')
    must(
      refused?.kind === 'no' && refused.code === 'slot-taken',
      `没有锁到的一位得到 ${refused ? wordsOf(refused) : ''}，应当是 no('slot-taken', …)`,
    )
  },
}
