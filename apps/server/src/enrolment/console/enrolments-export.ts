import { type Clock, formatShanghai } from '@zhangyi/core'
import { type AnyExportKind, exportKind, type PageAfter } from '../../platform/exports/export-kind.ts'
import { placeMade } from '../../platform/operators/list-page.ts'
import { flowWish } from './flow-wish.ts'
import { flowsQuery, type ListedFlow } from './list-flows.ts'
import { viewListed } from './show-flow.ts'
import { STAGE_WORDS } from './words.ts'

/** Enrolments as the list has them: numbers of ours, and nothing of a person. */
export function enrolmentsExport({ clock }: { readonly clock: Clock }): AnyExportKind {
  return exportKind({
    ...{ name: 'enrolments', zh: '建档', permission: 'enrolments.export', filters: flowWish },
    columns: [
      ...[
        { title: '建档编号', width: 38 },
        { title: '开始', width: 20 },
        { title: '最近', width: 20 },
      ],
      ...[
        { title: '方式', width: 18 },
        { title: '状态', width: 10 },
        { title: '走到哪一步', width: 30 },
      ],
      ...[
        { title: '停下的原因', width: 30 },
        { title: '追踪号', width: 14 },
        { title: '用户编号', width: 38 },
      ],
      { title: '就诊人编号', width: 38 },
    ],
    read: async (tx, wish, { after, limit }: PageAfter<ListedFlow>) => {
      const before = after && placeMade(after)
      const query = flowsQuery(tx.hospitalId, { ...wish, before }, clock.nowMs(), limit)
      return (await query.execute(tx.sql)).rows
    },
    cells: (row) => {
      const one = viewListed(row, clock.nowMs())
      return [
        ...[one.id, formatShanghai(one.createdAtMs), formatShanghai(one.changedAtMs), one.intentName],
        ...[STAGE_WORDS[one.stage], one.step, one.reasonName, one.traceId, one.userId, one.patientId],
      ]
    },
  })
}
