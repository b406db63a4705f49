import { findPayoutStop } from '../../../payments/index.ts'
import { type Html, html } from '../../../platform/http/html.ts'
import type { Operator } from '../../../platform/operators/accounts/account.ts'
import { caseDetail } from '../case-detail.ts'
import { type LegList, listOpenLegs } from '../list-open-legs.ts'
import { caseView } from './case-view.ts'
import { refundsPage } from './frame.ts'
import { legLines, legTable } from './leg-lines.ts'
import { LIST_NAMES, overview } from './overview.ts'
import type { Notice, RefundsPage, Whose } from './page-room.ts'
import { readOverview } from './read-overview.ts'
import { stopCard } from './stop-card.ts'
import { addressOf, type View } from './view.ts'

const PAGE = 50

export interface Wanted extends Pick<Whose, 'hospital'> {
  readonly operator: Operator
  readonly view: View
  readonly notice: Notice | undefined
}

/** The whole page, read now. */
export async function showView(room: RefundsPage, wanted: Wanted): Promise<string> {
  const { hospital, operator, view, notice } = wanted
  const whose = { hospital, nowMs: room.clock.nowMs() }
  const stop = await room.database.inTransaction(hospital.id, findPayoutStop)
  const main = await mainOf(room, wanted, whose)
  const isOverview = view.list === undefined && view.case === undefined
  return refundsPage(room, {
    ...{ ...whose, operator, stop, notice },
    main: isOverview ? html`${main}${stopCard(stop, hospital.id)}` : main,
  })
}

async function mainOf(room: RefundsPage, wanted: Wanted, whose: Whose): Promise<Html> {
  const { view, operator } = wanted
  const { hospital } = whose
  const { case: caseId, list } = view
  if (caseId !== undefined) {
    const detail = await room.database.inTransaction(hospital.id, (tx) => caseDetail(tx, room, caseId))
    return caseView(detail, operator.id, whose)
  }
  return list === undefined ? overview(await readOverview(room, whose)) : oneList(room, view, list, whose)
}

async function oneList(room: RefundsPage, view: View, list: LegList, whose: Whose): Promise<Html> {
  const { hospital, nowMs } = whose
  const { afterMs, afterId } = view
  const after =
    afterMs !== undefined && afterId !== undefined ? { changedAtMs: afterMs, id: afterId } : undefined
  const lines = await room.database.inTransaction(hospital.id, async (tx) =>
    legLines(tx, room, await listOpenLegs(tx, { list, nowMs, after, limit: PAGE }), nowMs),
  )
  const last = lines.length === PAGE ? lines.at(-1)?.leg : undefined
  return html`<section class="card"><h2>${LIST_NAMES[list]} <small>等得最久的在前</small></h2>${
    lines.length === 0 ? html`<p class="empty">没有。</p>` : legTable(LIST_NAMES[list], lines, whose)
  }<div class="row end"><a href="${addressOf({ hospital: hospital.id })}">返回待办</a>${
    last &&
    html`<a href="${addressOf({ hospital: hospital.id, list, afterMs: last.changed_at_ms, afterId: last.id })}">下一页</a>`
  }</div></section>`
}
