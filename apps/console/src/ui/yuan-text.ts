import { fen, formatYuan } from '@zhangyi/core'

/** `120500` → `1,205.00`. */
export function yuanText(amountFen: number): string {
  return formatYuan(fen(amountFen)).replace(/\B(?=(\d{3})+\.)/g, ',')
}
