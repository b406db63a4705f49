import { FenError, parseYuan } from '@zhangyi/core'

/** What somebody typed in yuan, in fen; undefined for what is no amount. */
export function fenOf(text: string): number | undefined {
  try {
    const amount = parseYuan(text.replace(/[,，\s]/g, ''))
    return amount < 0 ? undefined : amount
  } catch (error) {
    if (error instanceof FenError) return undefined
    throw error
  }
}
