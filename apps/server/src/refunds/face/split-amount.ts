import { type Fen, fen, formatYuan } from '@zhangyi/core'
import { MIN_NAMED_TRANSFER_FEN, MIN_TRANSFER_FEN } from '@zhangyi/wechat-pay'

export interface TransferRules {
  readonly limitFen: number
  readonly belowNamed: 'counter' | 'transfer'
  readonly aboveLimit: 'split' | 'counter'
}

/** Each is confirmed by the patient one after the other: more than this nobody wants to tap through. */
const MAX_PARTS = 10

/**
 * How much of what can go back the way it came goes by transfer all the same: a rest too small for a transfer would
 * keep the whole from being refunded. Nought where there is no rest, or one that can be transferred.
 */
export function lackingFen(restFen: Fen, { belowNamed }: Pick<TransferRules, 'belowNamed'>): Fen {
  const leastFen = belowNamed === 'transfer' ? MIN_TRANSFER_FEN : MIN_NAMED_TRANSFER_FEN
  return fen(restFen === 0 ? 0 : Math.max(0, leastFen - restFen))
}

/** The transfers that a sum becomes, or why none, in words for the patient. */
export function splitAmount(
  amountFen: Fen,
  { limitFen, belowNamed, aboveLimit }: TransferRules,
): readonly Fen[] | { readonly refused: string } {
  if (amountFen < MIN_TRANSFER_FEN)
    return { refused: `不足 ${yuan(MIN_TRANSFER_FEN)}元的余额微信不能转账，请到窗口办理。` }
  if (amountFen < MIN_NAMED_TRANSFER_FEN)
    return belowNamed === 'transfer'
      ? [amountFen]
      : { refused: `不足 ${yuan(MIN_NAMED_TRANSFER_FEN)}元的余额微信不能核对收款人，请到窗口办理。` }
  if (amountFen <= limitFen) return [amountFen]
  const parts = Math.ceil(amountFen / limitFen)
  if (aboveLimit === 'counter' || parts > MAX_PARTS)
    return { refused: `超过了微信转账的上限（单笔 ${yuan(limitFen)}元），请到窗口办理。` }
  return evenParts(amountFen, parts)
}

/** Even parts, so that the last one is not too small to carry a name. */
function evenParts(amountFen: number, parts: number): readonly Fen[] {
  const [each, rest] = [Math.floor(amountFen / parts), amountFen % parts]
  return Array.from({ length: parts }, (_, index) => fen(each + (index < rest ? 1 : 0)))
}

function yuan(amountFen: number): string {
  return `${formatYuan(fen(amountFen))} `
}
