import { formatShanghai } from '@zhangyi/core'
import { exportKind, type PageAfter } from '../../exports/export-kind.ts'
import { actionName } from '../audit-words.ts'
import { auditPlace, auditWish } from './audit-wish.ts'
import { type AuditRow, listAudit } from './list-audit.ts'

/** The entries that fit, newest first. For what it is taken out of the house is asked, and stands in the audit itself. */
export const auditExport = exportKind({
  ...{ name: 'audit', zh: '审计', permission: 'audit.export', needsReason: true, ofInstallation: true },
  filters: auditWish,
  columns: [
    { title: '编号', width: 10 },
    { title: '时间', width: 20 },
    { title: '操作人', width: 22 },
    { title: '操作', width: 28 },
    { title: '操作代码', width: 26 },
    { title: '对象', width: 36 },
    { title: '追踪号', width: 14 },
    { title: '详情', width: 60 },
  ],
  read: (tx, wish, { after, limit }: PageAfter<AuditRow>) =>
    listAudit(tx, { ...wish, before: after && auditPlace(after) }, limit),
  cells: ({ id, at_ms, actor, action, subject, trace_id, detail }) => [
    ...[id, formatShanghai(at_ms), actor, actionName(action), action, subject, trace_id],
    JSON.stringify(detail),
  ],
})
