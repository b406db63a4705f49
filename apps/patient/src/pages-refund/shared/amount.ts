import { type Fen, FenError, fen, formatYuan, parseYuan } from '@zhangyi/core'
import { refundTexts as texts } from '../../texts/refunds.ts'
import { yuan } from '../../visitor/yuan.ts'

export type TypedAmount =
  | { readonly ok: true; readonly amountFen: Fen }
  | { readonly ok: false; readonly problem: string }

/** Yuan as somebody typed them, to exact fen. A Chinese keyboard's digits, point and ¥ will do. */
export function readAmount(text: string, mostFen: number): TypedAmount {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s,¥]/g, '')
    .replace('。', '.')
  if (plain === '') return { ok: false, problem: texts.amountProblems.empty }
  try {
    const amountFen = parseYuan(plain)
    if (amountFen <= 0) return { ok: false, problem: texts.amountProblems.zero }
    if (amountFen > fen(mostFen)) return { ok: false, problem: texts.amountProblems.most(yuan(mostFen)) }
    return { ok: true, amountFen }
  } catch (error) {
    if (!(error instanceof FenError)) throw error
    return { ok: false, problem: texts.amountProblems.form }
  }
}

/** `38650` → `386.50`, as it stands in a field. */
export const plainYuan = (amountFen: number): string => formatYuan(fen(amountFen))
