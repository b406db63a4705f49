import { fen } from '@zhangyi/core'
import { KNOWN, type Recharge } from '@zhangyi/his'
import type { Sandbox } from '@zhangyi/sandbox'
import { type Database, type Hospitals, importRecharges } from '@zhangyi/server'

/** Whose WeChat paid for whom, where it is not a phone of the sandbox's own list: somebody of the family. */
const PAYERS: Readonly<Record<string, string>> = {
  [KNOWN.liMinghua.name]: 'lihua',
  [KNOWN.liXiaobao.name]: 'lihua',
  [KNOWN.johnSmith.name]: 'john',
}
const SOMEBODY = 'jiashu'

interface Paid extends Pick<Recharge, 'amount' | 'paidAt'> {
  readonly paymentNumber: string
  readonly channelNumber: string
  readonly payer: string
}

interface Demo {
  readonly sandbox: Pick<Sandbox, 'simulators' | 'hospital' | 'clock'>
  readonly hospitals: Hospitals
  readonly database: Pick<Database, 'inTransaction'>
}

/**
 * The example hospital has recharges that were paid by WeChat before there was a gateway. They are made known to the
 * WeChat Pay simulator and imported as a real hospital's would be, so that they can go back the way they came. The same
 * at every start: what is known stays as it is.
 */
export async function seedDemoRecharges({ sandbox, hospitals, database }: Demo): Promise<void> {
  const hospital = hospitals.all[0]
  const mchid = hospital?.wechatPay?.mchid
  if (!hospital || mchid === undefined) return
  const paid = rechargesByWechat(sandbox)
  for (const one of paid) await makeOrder(sandbox, one)
  const rows = paid.map(({ paymentNumber, channelNumber, amount, paidAt }) => ({
    ...{ outTradeNo: paymentNumber, transactionId: channelNumber, mchid },
    ...{ paidFen: amount, refundedFen: fen(0), paidAtMs: Date.parse(paidAt) },
  }))
  await database.inTransaction(hospital.id, (tx) =>
    importRecharges(tx, { clock: sandbox.clock, hospitals }, rows, { by: 'npm start' }),
  )
}

async function makeOrder({ simulators }: Demo['sandbox'], one: Paid): Promise<void> {
  const { paymentNumber: outTradeNo, channelNumber: transactionId, amount, payer, paidAt } = one
  const order = { outTradeNo, transactionId, amountFen: amount, person: payer, paidAt }
  try {
    await simulators['wechat-pay']?.actions['seed-paid-order']?.(order)
  } catch {
    // There since an earlier start.
  }
}

function rechargesByWechat({ hospital }: Demo['sandbox']): readonly Paid[] {
  const his = hospital()
  return Object.values(KNOWN).flatMap((person) =>
    his
      .archivesOf(person)
      .flatMap(({ patid }) => his.rechargesOf(patid))
      .flatMap((one): Paid[] => {
        const { channel, amount, paidAt, paymentNumber, channelNumber } = one
        if (channel !== 'wechat' || paymentNumber === undefined || channelNumber === undefined) return []
        return [{ amount, paidAt, paymentNumber, channelNumber, payer: PAYERS[person.name] ?? SOMEBODY }]
      }),
  )
}
