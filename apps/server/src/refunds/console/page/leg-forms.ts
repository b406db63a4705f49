import { assertNever, sensitive } from '@zhangyi/core'
import { AppError } from '../../../platform/errors/catalogue.ts'
import type { Form } from '../../../platform/http/read-form.ts'
import { noteSeen } from '../../funds-watch/refund-alarm.ts'
import { changeStop, noteBalance, noteTopUp, type Teller } from '../change-funds.ts'
import { giveBackLeg } from '../give-back-leg.ts'
import { abnormalSchema, balanceSchema, reasonSchema, topUpSchema } from '../inputs.ts'
import { mendAbnormal } from '../mend-abnormal.ts'
import { decideReissue, type Reissued, reissueLeg } from '../reissue/reissue-leg.ts'
import type { Act, Sent } from './act.ts'
import type { Done } from './done.ts'
import { idOf, read, yuanOf } from './form-values.ts'

/** What is done about one leg: the very operations of the interface. */
export const LEG_FORMS: Readonly<Record<string, Act>> = {
  'legs/reissue': async ({ room, hospital, by, form }) => {
    const wish = { legId: idOf(form, 'leg'), by, reason: read(reasonSchema, form.get('reason') ?? '') }
    return reissued(await reissueLeg(room, hospital.id, wish))
  },
  'legs/decide': async ({ room, hospital, by, form }) => {
    const agrees = form.get('agrees') === '1'
    const done = await decideReissue(room, hospital.id, { legId: idOf(form, 'leg'), by, agrees })
    return done ? reissued(done) : { done: 'disagreed' }
  },
  'legs/give-back': async ({ room, hospital, by, form }) => {
    const { state } = await giveBackLeg(room, hospital.id, { legId: idOf(form, 'leg'), by })
    if (state === 'released') return { done: 'given-back' }
    return { done: state === 'one-sided' ? 'stranded' : 'giving-back' }
  },
  'legs/abnormal': async ({ room, hospital, by, form }) => {
    const { bankType, bankAccount } = read(abnormalSchema, cardOf(form))
    const { outcome } = await mendAbnormal(room, hospital.id, {
      ...{ legId: idOf(form, 'leg'), by, bankType, bankAccount: sensitive(bankAccount) },
    })
    return { done: `abnormal-${outcome}` }
  },
}

/** Funds and the stop switch. */
export const FUND_FORMS: Readonly<Record<string, Act>> = {
  'funds/top-up': async (sent) => {
    requireTransfers(sent)
    const { amountFen } = read(topUpSchema, { amountFen: yuanOf(sent.form, 'amount') })
    await noteTopUp(sent.room, tellerOf(sent), amountFen)
    return { done: 'topped-up' }
  },
  'funds/balance': async (sent) => {
    requireTransfers(sent)
    const { balanceFen } = read(balanceSchema, { balanceFen: yuanOf(sent.form, 'balance') })
    await noteBalance(sent.room, tellerOf(sent), balanceFen)
    return { done: 'balance-noted' }
  },
  'funds/alarm-seen': async ({ room, hospital, by }) => {
    await room.database.inTransaction(hospital.id, (tx) => noteSeen(tx, room, 'low-funds', by))
    return { done: 'alarm-seen' }
  },
  stop: async (sent) => {
    const reason = read(reasonSchema, sent.form.get('reason') ?? '')
    await changeStop(sent.room, tellerOf(sent), reason)
    return { done: 'stopped' }
  },
  resume: async (sent) => {
    await changeStop(sent.room, tellerOf(sent), undefined)
    return { done: 'resumed' }
  },
}

function tellerOf({ hospital, by }: Sent): Teller {
  return { hospitalId: hospital.id, operator: by }
}

function reissued({ state }: Reissued): Done {
  switch (state) {
    case 'reissued':
      return { done: 'reissued' }
    case 'waiting':
      return { done: 'waits-for-second' }
    default:
      return assertNever(state)
  }
}

function cardOf(form: Form) {
  return {
    bankType: form.get('bankType')?.trim() ?? '',
    bankAccount: (form.get('bankAccount') ?? '').replace(/\s/g, ''),
  }
}

function requireTransfers({ hospital }: Sent): void {
  if (!hospital.wechatPay?.transfer)
    throw new AppError('refund-closed', { zh: '这家医院没有配置商家转账，没有运营账户可以登记。' })
}
