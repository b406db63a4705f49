import { type Clock, formatShanghai } from '@zhangyi/core'
import { type AnyExportKind, exportKind, type PageAfter } from '../../platform/exports/export-kind.ts'
import { REASON_TEXTS } from '../parked/park-reasons.ts'
import { OWN_SOURCE } from '../record-usage-event.ts'
import { sceneName } from '../scene-names.ts'
import type { EventState } from '../tables.ts'
import { eventNumber } from './event-number.ts'
import { eventWish, filterOf } from './event-wish.ts'
import { type EventRow, listEvents } from './list-events.ts'

const STATES: Readonly<Record<EventState, string>> = {
  ...{ pending: '待上报', delivered: '已上报', parked: '停下', 'no-card': '无卡', merged: '合并' },
}

/** As the list has them: neither the card nor its holder. */
export function usageEventsExport(clock: Clock): AnyExportKind {
  return exportKind({
    ...{ name: 'usage-events', zh: '用卡事件', permission: 'usage.export', filters: eventWish },
    columns: [
      ...[
        { title: '事件号', width: 18 },
        { title: '发生时间', width: 20 },
        { title: '环节', width: 16 },
      ],
      ...[
        { title: '环节代码', width: 10 },
        { title: '来自', width: 12 },
        { title: '科室编号', width: 10 },
      ],
      ...[
        { title: '科室', width: 18 },
        { title: '状态', width: 10 },
        { title: '原因', width: 16 },
      ],
      ...[
        { title: '返回码', width: 12 },
        { title: '次数', width: 6 },
        { title: '迟报', width: 6 },
      ],
      ...[
        { title: '上报时间', width: 20 },
        { title: '平台请求号', width: 36 },
      ],
    ],
    read: (tx, wish, { after, limit }: PageAfter<EventRow>) =>
      listEvents(tx, { ...filterOf(wish, clock.nowMs()), before: after }, limit),
    cells: (row) => [
      ...[eventNumber(row), formatShanghai(row.occurred_at_ms), sceneName(row.scene), row.scene],
      ...[row.source === OWN_SOURCE ? '掌医' : row.source, row.department_id, row.department_name],
      ...[STATES[row.state], row.reason && REASON_TEXTS[row.reason].name, row.code, row.attempts],
      ...[row.late ? '是' : '', row.sent_at_ms && formatShanghai(row.sent_at_ms), row.request_id],
    ],
  })
}
