import { type Clock, formatShanghai } from '@zhangyi/core'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import { type AnyExportKind, exportKind, type PageAfter } from '../../platform/exports/export-kind.ts'
import { placeText } from '../../platform/operators/list-page.ts'
import { searchVisits } from './search-visits.ts'
import { viewVisits } from './view-visit.ts'
import type { Visit } from './visit-schemas.ts'
import { visitWish } from './visit-wish.ts'
import { KIND_WORDS, STATE_WORDS, TROUBLE_WORDS } from './visit-words.ts'

/** Orders as the list has them: the patients masked, and nothing of what somebody is treated with. */
export function visitsExport({
  cipher,
  clock,
}: {
  readonly cipher: Cipher
  readonly clock: Clock
}): AnyExportKind {
  return exportKind({
    ...{ name: 'visits', zh: '挂号与缴费', permission: 'visits.export', filters: visitWish },
    columns: [
      ...[
        { title: '订单号', width: 38 },
        { title: '下单时间', width: 20 },
        { title: '类型', width: 10 },
      ],
      ...[
        { title: '就诊人', width: 10 },
        { title: '内容', width: 28 },
        { title: '金额（元）', kind: 'yuan' as const, width: 12 },
      ],
      ...[
        { title: '状态', width: 16 },
        { title: '要人处理', width: 14 },
        { title: '更新时间', width: 20 },
      ],
      ...[
        { title: 'HIS 单号', width: 20 },
        { title: '商户订单号', width: 32 },
        { title: '微信支付订单号', width: 32 },
      ],
    ],
    read: async (tx, wish, { after, limit }: PageAfter<Visit>) => {
      const before = after && placeText({ atMs: after.createdAtMs, id: after.id })
      const { rows, troubles } = await searchVisits(tx, { ...wish, before }, clock.nowMs(), limit)
      return viewVisits(tx, cipher, rows, troubles)
    },
    cells: (one) => [
      ...[one.id, formatShanghai(one.createdAtMs), KIND_WORDS[one.kind], one.patientName, one.title],
      ...[one.feeFen, STATE_WORDS[one.state], one.trouble && TROUBLE_WORDS[one.trouble]],
      ...[formatShanghai(one.changedAtMs), one.hisNumber, one.outTradeNo, one.transactionId],
    ],
  })
}
