import type { PayoutStop } from '../../../payments/index.ts'
import { type Html, html } from '../../../platform/http/html.ts'
import { actorWord } from '../state-words.ts'
import { hidden, time } from './parts.ts'

/** 停付: said on every view of the page while it stands. */
export function stopNotice(stop: PayoutStop | undefined): Html | undefined {
  return (
    stop &&
    html`<p class="notice bad" role="alert"><b>已停付</b>${time(stop.sinceMs)} 起，${actorWord(stop.by)}：${stop.reason}。没有一笔新的付款发出，已发出的照样查询。</p>`
  )
}

export function stopCard(stop: PayoutStop | undefined, hospital: string): Html {
  const fields = hidden({ hospital })
  return html`<section class="card" id="stop"><h2>停付开关</h2>${
    stop
      ? html`<form method="post" action="/console/refunds/resume" class="acts"><span>查明原因之后再恢复；等着的付款随即发出。</span>${fields}<label class="line"><input type="checkbox" required>已经查明</label><button>恢复付款</button></form>`
      : html`<p class="muted">停下之后没有一笔新的付款发出，患者也不能再申请；已经发出的照样查询，待患者确认的仍可以领取。</p><form method="post" action="/console/refunds/stop" class="row">${fields}<label class="wide">原因<input name="reason" required minlength="2" maxlength="200"></label><button>立即停付</button></form>`
  }</section>`
}
