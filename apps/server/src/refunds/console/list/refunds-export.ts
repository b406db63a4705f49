import { type Clock, formatShanghai } from '@zhangyi/core'
import { z } from 'zod'
import type { Cipher } from '../../../platform/crypto/cipher.ts'
import { type AnyExportKind, exportKind, type PageAfter } from '../../../platform/exports/export-kind.ts'
import { placeText } from '../../../platform/operators/list-page.ts'
import { ROUTE_WORDS, SHOWN_WORDS, WAY_WORDS } from '../state-words.ts'
import { caseWish, holdToTime } from './case-filter.ts'
import { findByNumber } from './find-by-number.ts'
import { listCases, withLegs } from './list-cases.ts'
import type { ListedCase } from './listed-case.ts'

/** One sum of a case: a line of its own, because each is paid by itself. */
interface Line {
  readonly of: ListedCase
  readonly leg: ListedCase['legs'][number]
}

/** Every sum of the cases, newest first; the patients as masked as in the list. */
export function refundsExport(room: { readonly cipher: Cipher; readonly clock: Clock }): AnyExportKind {
  return exportKind({
    ...{ name: 'refunds', zh: '退款', permission: 'refunds.export', filters: z.object(caseWish) },
    columns: [
      ...[
        { title: '退款单号', width: 38 },
        { title: '申请时间', width: 20 },
        { title: '方式', width: 14 },
      ],
      ...[
        { title: '患者', width: 10 },
        { title: '卡尾号', width: 8 },
        { title: '退款路径', width: 10 },
      ],
      ...[
        { title: '金额（元）', kind: 'yuan' as const, width: 12 },
        { title: '状态', width: 26 },
        { title: '从什么时候', width: 20 },
      ],
      ...[
        { title: '原因', width: 30 },
        { title: '商户单号', width: 32 },
        { title: '微信单号', width: 32 },
      ],
    ],
    read: async (tx, { number, ...wish }, { after, limit }: PageAfter<Line>) => {
      if (number !== undefined)
        return after ? [] : linesOf(await withLegs(tx, room, await findByNumber(tx, number)))
      holdToTime(wish)
      const before = after && placeText({ atMs: after.of.createdAtMs, id: after.of.id })
      return linesOf((await listCases(tx, room, { ...wish, list: 'all', before, limit })).cases)
    },
    cells: ({ of, leg }) => [
      ...[of.id, formatShanghai(of.createdAtMs), WAY_WORDS[of.way], of.patientName, of.cardNumber],
      ...[ROUTE_WORDS[leg.route], leg.amountFen, SHOWN_WORDS[leg.shown].word],
      ...[formatShanghai(leg.changedAtMs), leg.why, leg.payoutNumber, leg.wechatNumber],
    ],
  })
}

function linesOf(cases: readonly ListedCase[]): readonly Line[] {
  return cases.flatMap((of) => of.legs.map((leg) => ({ of, leg })))
}
