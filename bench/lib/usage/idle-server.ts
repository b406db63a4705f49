import { setTimeout as delay } from 'node:timers/promises'
import { Signals } from '../../../apps/server/src/platform/jobs/signals.ts'
import { UsageDelivery } from '../../../apps/server/src/usage/delivery/usage-delivery.ts'
import { storeEvents } from '../../../apps/server/src/usage/store-events.ts'
import { answerEach, setupOf } from '../child.ts'
import type { ContestantSetup } from './contestants/setup.ts'
import { BENCH, newEvent } from './fill-events.ts'
import { openUsageRoom } from './usage-room.ts'

/** A server process that has nothing to do: how long a use of the card takes to the platform, one at a time. */
const setup = setupOf<ContestantSetup>()
const { room, close } = await openUsageRoom(setup, (answered) => landed?.(answered))
const signals = new Signals({ url: setup.databaseUrl, log: room.log })
const delivery = new UsageDelivery(room)
delivery.listen(signals)
await signals.start()
let landed: ((atMs: number) => void) | undefined

// Uneven, so that nothing that happens every so many milliseconds is always just met.
const PAUSE_MS = [20, 35, 50]

answerEach<{ readonly events: number }>(async ({ events }) => {
  const took: number[] = []
  for (let count = 0; count < events; count++) {
    await delay(PAUSE_MS[count % PAUSE_MS.length])
    const answer = new Promise<number>((resolve) => {
      landed = resolve
    })
    // The moment at which the HIS said yes; the transaction that says so is a part of the way.
    const startedAtMs = performance.now()
    await room.database.inTransaction(BENCH, (tx) => storeEvents(tx, [newEvent(room)], room.clock.nowMs()))
    took.push((await answer) - startedAtMs)
  }
  return { took }
})
process.on('disconnect', () => {
  void (async () => {
    await signals.stop()
    await delivery.stop()
    await close()
    process.exit(0)
  })()
})
