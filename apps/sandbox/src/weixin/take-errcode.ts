import type { Faults } from '../kit/faults.ts'
import { WeixinRefusal } from './errcodes.ts'

const KIND = /^errcode-(-?\d{1,6})$/

/** `errcode-40226`, `errcode--1` …: any errcode, for any call. */
export function isErrcodeFault(kind: string): boolean {
  return KIND.test(kind)
}

/** Throws the errcode that was ordered as a fault for this call, without the call being carried out. */
export function takeErrcode(faults: Faults, operation: string): void {
  for (const { kind } of faults.list()) {
    const errcode = KIND.exec(kind)?.[1]
    if (errcode !== undefined && faults.take(kind, operation)) throw new WeixinRefusal(Number(errcode))
  }
}
