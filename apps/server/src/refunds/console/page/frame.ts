import type { PayoutStop } from '../../../payments/index.ts'
import { type Html, html } from '../../../platform/http/html.ts'
import type { Operator } from '../../../platform/operators/accounts/account.ts'
import { consolePage } from '../../../platform/operators/console-page.ts'
import { seenHospitals } from '../../../platform/operators/wanted-hospital.ts'
import { type Notice, REFUNDS_PAGE, type RefundsPage, type Whose } from './page-room.ts'
import { hidden } from './parts.ts'
import { stopNotice } from './stop-card.ts'

export interface Frame extends Whose {
  readonly operator: Operator
  readonly stop: PayoutStop | undefined
  readonly notice: Notice | undefined
  readonly main: Html
}

const TITLES = { ok: '已办好', warn: '请注意', bad: '没有办成' } as const

/** Heading, tabs and search around one view. */
export function refundsPage(room: RefundsPage, frame: Frame): string {
  const { operator, hospital, stop, notice, main } = frame
  const hospitals = seenHospitals(room, operator)
  return consolePage({
    ...{ title: REFUNDS_PAGE.name, path: REFUNDS_PAGE.path, operator },
    main: html`<div class="bar"><div><h1>退款</h1><span class="muted">${hospital.name}</span></div>
${
  hospitals.length > 1 &&
  html`<form method="get" action="${REFUNDS_PAGE.path}" class="row"><label>医院<select name="hospital">${hospitals.map(
    ({ id, name }) => html`<option value="${id}"${id === hospital.id && html` selected`}>${name}</option>`,
  )}</select></label><button class="ghost">切换</button></form>`
}
<form method="get" action="${REFUNDS_PAGE.path}" class="row">${hidden({ hospital: hospital.id })}<label>退款单号、商户单号<input name="number" required maxlength="64" autocomplete="off"></label><button>查找</button></form></div>
${stopNotice(stop)}${notice && shownNotice(notice)}${main}`,
  })
}

function shownNotice({ kind, text, lines }: Notice): Html {
  return html`<div class="notice ${kind}" role="${kind === 'ok' ? 'status' : 'alert'}"><b>${TITLES[kind]}</b>${text}${
    lines && html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`
  }</div>`
}
