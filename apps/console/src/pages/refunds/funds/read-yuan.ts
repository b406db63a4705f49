import { parseYuan } from '@zhangyi/core'

/** `1,234.5` → 123450; undefined: it is no amount. */
export function readYuan(text: string): number | undefined {
  try {
    return parseYuan(text.replace(/[,，\s]/g, ''))
  } catch {
    return undefined
  }
}
