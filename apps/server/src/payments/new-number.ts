import { newId, shanghaiDay } from '@zhangyi/core'

/**
 * A number for WeChat, e.g. `P20261128` and 20 random hex digits: letters and digits only, 29 of the 32 that are
 * allowed. The day lets a clerk find it in the bill.
 */
export function newNumber(kind: 'P' | 'R' | 'T', nowMs: number): string {
  return `${kind}${shanghaiDay(nowMs).replaceAll('-', '')}${newId('n').slice(2, 22)}`
}
