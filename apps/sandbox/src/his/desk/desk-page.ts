import { ID_TYPES } from '@zhangyi/core'
import type { Archive } from '@zhangyi/his'
import { type Html, html } from '../../kit/html.ts'
import type { RefundMode, SharedHospital } from '../shared-hospital.ts'
import { MAX_ARCHIVES_SHOWN, searchArchives } from './search-archives.ts'

const REFUNDS: Readonly<Record<RefundMode, string>> = {
  'two-phase': '两步：先冻结，后核销或解冻',
  'single-step': '单步：先扣减，失败可冲红',
  'single-step-without-reversal': '单步：先扣减，不能冲红',
}

/** The first page of the hospital: search, people, where else to go. */
export function deskPage(hospital: SharedHospital, query: string, soapDesk: string | undefined): Html {
  const found = searchArchives(hospital.now, query)
  return html`<div class="card"><form method="get" action="/"><label>找一份档案
<input name="q" value="${query}" placeholder="姓名、院内 ID、证件号、卡号、手机号的一部分" maxlength="100"></label><button>查找</button></form></div>
${found.map(archiveLink)}
${found.length === 0 && html`<p class="card">没有找到。</p>`}
${found.length === MAX_ARCHIVES_SHOWN && html`<p class="muted">只列前 ${MAX_ARCHIVES_SHOWN} 份，请输入更多的字。</p>`}
<a class="button ghost" href="/desk/slots">科室与号源</a>
<div class="card"><table><tr><th>全院档案</th><td>${hospital.now.archives.length} 份</td></tr>
<tr><th>预交金退费</th><td>${REFUNDS[hospital.refunds]}</td></tr></table>
<p class="muted">用控制接口的动作 hospital 更换退费方式；故障也在控制台安排。</p>
${soapDesk !== undefined && html`<p><a href="${soapDesk}">同一家医院的 SOAP 接口</a></p>`}</div>`
}

function archiveLink({ patid, name, idType, idNumber, visitCardNumber, campus }: Archive): Html {
  return html`<a class="button ghost" href="/desk/archives/${patid}">${name} · ${patid}
<small>${ID_TYPES[idType]} ${idNumber}</small><small>${visitCardNumber ?? '没有就诊卡'} · ${campus ?? '未登记院区'}</small></a>`
}
