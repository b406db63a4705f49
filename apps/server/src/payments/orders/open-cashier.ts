import { isThisMachine } from '../../platform/hospitals/this-machine.ts'
import type { Merchant } from '../merchant.ts'
import type { OpenedPayment, PaymentsRoom } from '../room.ts'
import type { OrderRow } from '../tables.ts'

/** The signed parameters of a prepay id, and in development the sandbox's cashier, to which the app adds `return`. */
export function openCashier(
  { settings }: PaymentsRoom,
  { client, hospital }: Merchant,
  row: OrderRow,
): OpenedPayment {
  if (row.prepay_id === null) throw new Error(`payment order ${row.id} has no prepay id`)
  const payment = client.signPayment(row.prepay_id, row.appid ?? undefined)
  const [origin] = hospital.wechatPay?.origins ?? []
  const local = settings.mode === 'development' && origin !== undefined && isThisMachine(new URL(origin))
  return {
    payment,
    cashierUrl: local ? `${origin}/sandbox/cashier?${new URLSearchParams({ ...payment })}` : null,
  }
}
