import { approveApplication } from '../../offline/console/approve-application.ts'
import { approvalSchema, payoutSchema, saidSchema } from '../../offline/console/console-views.ts'
import { recordPayout } from '../../offline/console/record-payout.ts'
import {
  askForDocuments,
  rejectApplication,
  reopenApplication,
  takeIntoReview,
} from '../../offline/console/review.ts'
import type { Act, Sent } from './act.ts'
import { idOf, read, textOf, yuanOf } from './form-values.ts'

/** What is done about an application on paper: the very operations of the interface. */
export const OFFLINE_FORMS: Readonly<Record<string, Act>> = {
  'offline/take': async ({ room, hospital, by, form }) => {
    await takeIntoReview(room, hospital, by, idOf(form, 'application'))
    return { done: 'taken' }
  },
  'offline/ask': async (sent) => {
    await askForDocuments(sent.room, sent.hospital, sent.by, saidOf(sent))
    return { done: 'asked' }
  },
  'offline/reject': async (sent) => {
    await rejectApplication(sent.room, sent.hospital, sent.by, saidOf(sent))
    return { done: 'rejected' }
  },
  'offline/reopen': async (sent) => {
    await reopenApplication(sent.room, sent.hospital, sent.by, saidOf(sent))
    return { done: 'reopened' }
  },
  'offline/approve': async ({ room, hospital, by, form }) => {
    const text = textOf(form, 'text')
    const approval = read(approvalSchema, {
      amountFen: yuanOf(form, 'amount'),
      ...(text !== undefined && { text }),
    })
    const { state } = await approveApplication(room, hospital, by, {
      ...approval,
      id: idOf(form, 'application'),
    })
    return { done: state === 'approved' ? 'approved' : 'proposed' }
  },
  'offline/payout': async ({ room, hospital, by, form }) => {
    const payout = read(payoutSchema, { how: form.get('how'), voucher: form.get('voucher') ?? '' })
    await recordPayout(room, hospital, by, { id: idOf(form, 'application'), ...payout })
    return { done: 'paid-out' }
  },
}

function saidOf({ form }: Sent): { readonly id: string; readonly text: string } {
  return { id: idOf(form, 'application'), ...read(saidSchema, { text: form.get('text') ?? '' }) }
}
