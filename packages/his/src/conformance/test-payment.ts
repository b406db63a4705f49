import type { Fen } from '@zhangyi/core'
import type { PaymentProof } from '../appointments.ts'
import type { ConformanceBench } from './check.ts'

/** A payment that never was, with a number of its own; TEST lets the hospital find it afterwards. */
export function testPayment(bench: ConformanceBench, amount: Fen): PaymentProof {
  const digits = bench
    .newKey()
    .replace(/[^0-9a-z]/gi, '')
    .slice(-28)
  return { paymentNumber: `TEST${digits}`, channelNumber: `4200${digits}`, amount, paidAt: bench.paidAt }
}
