import { type Html, html } from '../../../platform/http/html.ts'
import type { One } from '../../offline/console/console-views.ts'
import { PAYOUT_NAMES } from '../../offline/words.ts'
import { OFFLINE_COLOURS } from '../state-words.ts'
import type { Whose } from './page-room.ts'
import { facts, hidden, number, table, tag, time, yuan } from './parts.ts'
import { addressOf } from './view.ts'

/** One application: who, the documents, what was said, and what may be done next. */
export function offlineOne(one: One, { hospital }: Whose): Html {
  const { applicant, patient, proposal, payout } = one
  return html`<section class="card"><h2>${one.reasonName} ${tag({ word: one.stateName, colour: OFFLINE_COLOURS[one.state] })}</h2>${samePatient(one, hospital.id)}${facts(
    [
      ['申请', one.id],
      [
        '申请人',
        `${applicant.name} · ${applicant.idNumber} · ${applicant.phone}${applicant.relation === '' ? '' : ` · 与患者：${applicant.relation}`}`,
      ],
      [
        '患者',
        [patient.name, patient.idNumber, patient.cardNumber].filter((text) => text !== null).join(' · '),
      ],
      ['申请人的说明', one.note ?? (one.hasNote && '有，查看完整信息时显示')],
      ['最近对申请人说', one.said ?? false],
      ['审核人', one.reviewer ?? false],
      [
        '提出的金额',
        proposal !== null &&
          `${yuan(proposal.amountFen)} 元，${proposal.by} ${time(proposal.atMs)} 提出，等另一人以同样金额同意`,
      ],
      ['同意的金额', one.amountFen !== null && html`<b>${yuan(one.amountFen)} 元</b>`],
      ['付款', payout !== null && `${payout.howName} · 凭证 ${payout.voucher} · ${time(payout.atMs)}`],
    ],
  )}${!one.unmasked && unmaskForm(one, hospital.id)}<div class="row end"><a href="${addressOf({ hospital: hospital.id, tab: 'offline', state: one.state === 'draft' ? undefined : one.state })}">返回列表</a></div></section>
${documents(one, hospital.id)}${actions(one, hospital.id)}${history(one)}`
}

function samePatient({ samePatient: others }: One, hospital: string): Html | false {
  if (others.length === 0) return false
  return html`<div class="notice warn"><b>同一患者还有 ${others.length} 份申请</b>不要付两次。<ul>${others.map(
    ({ id, stateName, amountFen, submittedAtMs }) =>
      html`<li><a href="${addressOf({ tab: 'offline', application: id, hospital })}">${time(submittedAtMs)} ${stateName}</a>${amountFen !== null && ` ${yuan(amountFen)} 元`}</li>`,
  )}</ul></div>`
}

function fields({ id }: One, hospital: string): Html {
  return hidden({ hospital, tab: 'offline', application: id })
}

function unmaskForm(one: One, hospital: string): Html {
  return html`<details><summary>查看完整的姓名、号码和说明</summary><form method="post" action="/console/refunds/offline/unmask">${fields(one, hospital)}<label class="wide">原因，写进审计<input name="reason" required minlength="2" maxlength="100"></label><button class="ghost">查看</button></form></details>`
}

function documents(one: One, hospital: string): Html {
  const head = html`<th>材料</th><th>格式</th><th class="m">大小</th><th>上传时间</th><th>操作</th>`
  const rows = one.documents.map(
    ({ id, kindName, contentType, sizeBytes, addedAtMs }) =>
      html`<tr><th>${kindName}</th><td>${contentType}</td><td class="m">${number(Math.ceil(sizeBytes / 1024))} KB</td><td class="nowrap">${time(addedAtMs)}</td>
<td class="nowrap"><a href="/api/v1/console/refunds/offline/${one.id}/documents/${id}?hospital=${hospital}">下载</a></td></tr>`,
  )
  return html`<section class="card"><h2>材料 <small>下载写进审计</small></h2>${rows.length === 0 ? html`<p class="empty">没有材料。</p>` : table('材料', head, rows)}${
    one.missing.length > 0 &&
    html`<p class="notice warn"><b>还差</b>${one.missing.map(({ text }) => text).join('；')}</p>`
  }</section>`
}

function actions(one: One, hospital: string): Html | false {
  const { can } = one
  if (!Object.values(can).includes(true)) return false
  const say = (path: string, label: string, button: string, hint: string) =>
    html`<details><summary>${button}</summary><form method="post" action="/console/refunds/offline/${path}">${fields(one, hospital)}<label class="wide">${label}<input name="text" required minlength="2" maxlength="300"></label><span class="muted">${hint}</span><button class="ghost">${button}</button></form></details>`
  return html`<section class="card"><h2>处理</h2>
${can.take && html`<form method="post" action="/console/refunds/offline/take">${fields(one, hospital)}<button>开始审核</button></form>`}
${can.approve && approveForm(one, hospital)}${can.payOut && payoutForm(one, hospital)}
${can.ask && say('ask', '要补什么，申请人看得到', '要求补材料', '申请人补好之后会再提交。')}
${can.reject && say('reject', '为什么不通过，申请人看得到', '不通过', '之后不能再改。')}
${can.reopen && say('reopen', '为什么退回，申请人看得到', '退回重新审核', '同意的金额随即作废。')}</section>`
}

function approveForm(one: One, hospital: string): Html {
  const { proposal, secondFromFen } = one
  const value = proposal === null ? '' : yuan(proposal.amountFen).replaceAll(',', '')
  return html`<form method="post" action="/console/refunds/offline/approve" class="row">${fields(one, hospital)}<label>同意的金额（元）<input class="num" name="amount" inputmode="decimal" required maxlength="12" value="${value}"></label><label>说给申请人，如怎样领取（可以不写）<input name="text" maxlength="300"></label><button>同意</button></form>
<p class="muted">${yuan(secondFromFen)} 元以上先由一人提出，再由另一人以同样的金额同意。</p>`
}

function payoutForm(one: One, hospital: string): Html {
  return html`<form method="post" action="/console/refunds/offline/payout" class="row">${fields(one, hospital)}<label>怎样付的<select name="how">${Object.entries(
    PAYOUT_NAMES,
  ).map(
    ([how, name]) => html`<option value="${how}">${name}</option>`,
  )}</select></label><label>收据号或银行回单号<input name="voucher" required maxlength="40"></label><button>登记已付款</button></form>`
}

function history({ steps }: One): Html {
  const head = html`<th>时间</th><th>经过</th><th>谁</th><th class="m">金额（元）</th>`
  const rows = steps.map(
    ({ atMs, name, said, actor, amountFen }) =>
      html`<tr><td class="nowrap">${time(atMs)}</td><td><div class="prose">${name}${said !== null && html`<small>${said}</small>`}</div></td><td class="nowrap">${actor}</td><td class="m">${amountFen === null ? '' : yuan(amountFen)}</td></tr>`,
  )
  return html`<section class="card"><h2>经过</h2>${table('经过', head, rows)}</section>`
}
