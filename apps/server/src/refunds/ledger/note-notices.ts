import type { NoticesEvents } from '../../notices/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { findCase } from '../legs/find-leg.ts'
import { noteTold } from './note-facts.ts'

/** Whoever was told anything of a balance or its refund was told of the balance. */
export const noticesEvents: NoticesEvents = {
  told: async (tx, { subject, channel, atMs }) => {
    const patid = subject.of === 'campaign' ? subject.person : await patidOf(tx, subject.journey)
    if (patid !== undefined) noteTold(tx, { patid, how: channel, atMs })
  },
}

/** Undefined: a notice of another room, or one that is of no case. */
async function patidOf(tx: Tx, journey: string): Promise<string | undefined> {
  return (await findCase(tx, journey))?.patid
}
