import { assertNever } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { keepBack, pauseForProblem } from '../campaigns/keep-back.ts'
import { openContent } from '../notice-content.ts'
import { toldNotice } from '../notices-events.ts'
import type { NoticesRoom } from '../room.ts'
import type { NoticeRow, SendingRow } from '../tables.ts'
import { chooseStep } from './choose-step.ts'
import { changeNotice, isOpen, lockNotice } from './notice-row.ts'
import { prepareMessage } from './prepare-message.ts'
import { channelsOf, findOpenids, isToldOfDelivery } from './reach.ts'
import { actionOf, isOfEverybody } from './refusals.ts'
import { sendStored } from './send-stored.ts'
import { countSending, findSendings, noteOutcome, storeSending } from './sendings.ts'

/** Takes a notice as far as it goes now: to a channel that takes it, to the end of the channels, or to a pause. */
export async function deliverNotice(
  room: NoticesRoom,
  hospital: Hospital,
  claimed: NoticeRow,
): Promise<void> {
  const { database, clock, log } = room
  for (;;) {
    const sending = await database.inTransaction(hospital.id, (tx) => takeStep(tx, room, hospital, claimed))
    if (!sending) return
    const outcome = await sendStored(room, hospital, sending)
    if (
      outcome.kind === 'no' &&
      ['mapping', 'config-alert'].includes(actionOf(sending.channel, outcome.code))
    )
      log.error(
        { hospital: hospital.id, channel: sending.channel, code: outcome.code, kind: claimed.kind },
        'a notice channel has to be mended in its configuration',
      )
    await database.inTransaction(hospital.id, async (tx) => {
      await noteOutcome(tx, clock, claimed, sending, outcome)
      if (outcome.kind === 'yes') await accept(tx, room, hospital, sending)
    })
  }
}

/** Decides what comes next and stores it. Returns what is to be sent; undefined if there is nothing to send now. */
async function takeStep(
  tx: Tx,
  room: NoticesRoom,
  hospital: Hospital,
  claimed: NoticeRow,
): Promise<SendingRow | undefined> {
  const notice = await lockNotice(tx, claimed.id)
  // Taken over by another process meanwhile, or told of by an event.
  if (!isOpen(notice) || notice.tries !== claimed.tries) return undefined
  if (await keepBack(tx, room.clock, hospital, notice)) return undefined
  for (;;) {
    const step = chooseStep(
      channelsOf(hospital, notice.kind),
      await findSendings(tx, notice.id),
      room.clock.nowMs(),
    )
    switch (step.do) {
      case 'send': {
        const prepared = await prepareMessage(hospital, step.channel, {
          ...{ noticeId: notice.id, kind: notice.kind, journey: notice.journey },
          ...{ content: openContent(room.cipher, notice.content), createdAtMs: notice.created_at_ms },
          ...{ openids: await findOpenids(tx, notice.user_id), publicOrigin: room.publicOrigin },
        })
        const sending = await storeSending(tx, room, notice.id, step.channel, prepared)
        if (sending.state === 'no') continue
        await changeNotice(tx, notice, { state: 'sending', channel: step.channel })
        return sending
      }
      case 'repeat':
        await changeNotice(tx, notice, { state: 'sending', channel: step.sending.channel })
        return countSending(tx, room.clock, step.sending)
      case 'wait':
        await changeNotice(tx, notice, {
          ...{ state: step.state, next_action_at_ms: step.untilMs, problem: step.problem },
        })
        return undefined
      case 'end': {
        const { state, channel = null, problem } = step
        const settled = { settled_at_ms: room.clock.nowMs(), next_action_at_ms: null }
        await changeNotice(tx, notice, { state, channel, problem, ...settled })
        if (state === 'failed' && isOfEverybody(problem)) await pauseForProblem(tx, notice, problem)
        return undefined
      }
      default:
        assertNever(step)
    }
  }
}

async function accept(
  tx: Tx,
  { clock, events }: NoticesRoom,
  hospital: Hospital,
  sending: SendingRow,
): Promise<void> {
  const notice = await lockNotice(tx, sending.notice_id)
  // A yes counts whoever works the notice meanwhile; only an end that WeChat told stays as it is.
  if (!isOpen(notice) && notice.state !== 'unknown') return
  const { channel } = sending
  const nowMs = clock.nowMs()
  await changeNotice(tx, notice, {
    ...{ state: 'accepted', channel, accepted_at_ms: nowMs },
    ...{ next_action_at_ms: null, problem: null },
  })
  if (!isToldOfDelivery(hospital, channel)) await events.told(tx, toldNotice(notice, channel, nowMs))
}
