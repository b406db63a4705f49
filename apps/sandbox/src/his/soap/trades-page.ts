import { type Html, html } from '../../kit/html.ts'
import { TRADES } from './trades/all-trades.ts'

/** For people: where the service is and which trades it knows. The desk of the hospital itself is elsewhere. */
export function tradesPage(endpoint: string, hospitalDesk: string | undefined): Html {
  return html`<div class="card"><p class="path">${endpoint}</p>
<p class="muted">字节是 GBK；<a href="/HisService.asmx?wsdl">WSDL</a>。写法见 apps/sandbox/src/his/soap/dialect.md。</p></div>
${hospitalDesk !== undefined && html`<a class="button" href="${hospitalDesk}">打开这家医院的台面</a>`}
<div class="card"><h2>交易一览</h2><table><tr><th>代码</th><th>掌医接口里的操作</th></tr>
${TRADES.map(({ code, operation, when }) => html`<tr><td>${code}${when && ` ${when[0]}=${when[1]}`}</td><td>${operation}</td></tr>`)}</table></div>`
}
