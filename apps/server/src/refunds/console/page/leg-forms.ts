import { assertNever, fen, sensitive } from '@zhangyi/core'
import { resumePayouts, setFunds, stopPayouts, topUpFunds } from '../../../payments/index.ts'
import { AppError } from '../../../platform/errors/catalogue.ts'
import type { Form } from '../../../platform/http/read-form.ts'
import { giveBackLeg } from '../give-back-leg.ts'
import { abnormalSchema, balanceSchema, reasonSchema, topUpSchema } from '../inputs.ts'
import { mendAbnormal } from '../mend-abnormal.ts'
import { decideReissue, type Reissued, reissueLeg } from '../reissue/reissue-leg.ts'
import type { Act } from './act.ts'
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
  'funds/top-up': async ({ room, hospital, by, form }) => {
    requireTransfers(hospital)
    const { amountFen } = read(topUpSchema, { amountFen: yuanOf(form, 'amount') })
    await room.database.inTransaction(hospital.id, (tx) =>
      topUpFunds(tx, room, { amountFen: fen(amountFen) }, by),
    )
    return { done: 'topped-up' }
  },
  'funds/balance': async ({ room, hospital, by, form }) => {
    requireTransfers(hospital)
    const { balanceFen } = read(balanceSchema, { balanceFen: yuanOf(form, 'balance') })
    const figure = { balanceFen: fen(balanceFen), asOfMs: room.clock.nowMs(), source: 'operator' } as const
    await room.database.inTransaction(hospital.id, (tx) => setFunds(tx, room, figure, by))
    return { done: 'balance-noted' }
  },
  stop: async ({ room, hospital, by, form }) => {
    const reason = read(reasonSchema, form.get('reason') ?? '')
    await room.database.inTransaction(hospital.id, (tx) => stopPayouts(tx, room, { by, reason }))
    return { done: 'stopped' }
  },
  resume: async ({ room, hospital, by }) => {
    await room.database.inTransaction(hospital.id, (tx) => resumePayouts(tx, room, by))
    return { done: 'resumed' }
  },
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

function requireTransfers({ wechatPay }: Parameters<Act>[0]['hospital']): void {
  if (!wechatPay?.transfer)
    throw new AppError('refund-closed', { zh: '这家医院没有配置商家转账，没有运营账户可以登记。' })
}
