import { fen, formatYuan } from '@zhangyi/core'
import { visitorTexts as texts } from '../texts/visitor.ts'

/** 「¥386.50」. */
export const yuan = (amountFen: number): string => texts.money(formatYuan(fen(amountFen)))
