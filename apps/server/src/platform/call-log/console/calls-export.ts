import { formatShanghai } from '@zhangyi/core'
import { exportKind, type PageAfter } from '../../exports/export-kind.ts'
import { callWish } from './call-wish.ts'
import { type CallRow, listCalls } from './list-calls.ts'

const OUTCOMES = { yes: '成功', no: '对方拒绝', unknown: '结果未知' } as const

/** When, whom, what and with what end; what was said is not taken out. */
export const callsExport = exportKind({
  ...{ name: 'calls', zh: '接口调用', permission: 'calls.export', filters: callWish },
  columns: [
    { title: '时间', width: 20 },
    { title: '对方', width: 14 },
    { title: '接口', width: 30 },
    { title: '结果', width: 10 },
    { title: '返回码', width: 18 },
    { title: '用时（毫秒）', width: 12 },
    { title: '请求号', width: 36 },
    { title: '追踪号', width: 14 },
  ],
  read: (tx, wish, { after, limit }: PageAfter<CallRow>) =>
    listCalls(tx, { ...wish, before: after?.id }, limit),
  cells: (row) => [
    ...[formatShanghai(row.started_at_ms), row.platform, row.operation, OUTCOMES[row.outcome], row.code],
    ...[row.duration_ms, row.request_id, row.trace_id],
  ],
})
