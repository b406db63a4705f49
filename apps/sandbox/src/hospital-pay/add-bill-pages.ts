import { formatShanghai, formatYuan } from '@zhangyi/core'
import type { FastifyInstance } from 'fastify'
import { sendPage } from '../kit/form-body.ts'
import { html } from '../kit/html.ts'
import { KIND_NAMES } from './bill.ts'
import type { BillBook } from './bill-book.ts'
import { REFUSALS } from './refusals.ts'

const DAYS_SHOWN = 60

/** `/`: the days that came; `/sandbox/days/{day}`: the first rows of one. */
export function addBillPages(app: FastifyInstance, book: BillBook, baseUrl: string): void {
  app.get('/', (_request, reply) => {
    const days = book.days().slice(0, DAYS_SHOWN)
    return sendPage(
      reply,
      '院统一支付平台（模拟）',
      html`<div class="card"><p>把报送地址设为：</p><p class="path">${baseUrl}</p><p class="muted">商户号和密钥在沙箱控制台。</p></div>
<h2>收到的账单</h2>${days.length === 0 && html`<p class="card">还没有收到账单。</p>`}
${days.map(
  ({ receipt, closed }) =>
    html`<a class="button ghost" href="/sandbox/days/${receipt.day}">${receipt.day}${closed && '（已关账）'}<small>第 ${receipt.version} 次报送 · ${receipt.totals.map(({ kind, count, amount }) => `${KIND_NAMES[kind]} ${count} 笔 ${formatYuan(amount)} 元`).join(' · ')}</small></a>`,
)}
<h2>拒收的原因</h2><table class="card">${Object.entries(REFUSALS).map(([code, { status, zh }]) => html`<tr><th>${code}</th><td>${status}</td><td>${zh}</td></tr>`)}</table>`,
    )
  })

  app.get<{ Params: { day: string } }>('/sandbox/days/:day', (request, reply) => {
    const kept = book.days().find(({ receipt }) => receipt.day === request.params.day)
    if (!kept) return sendPage(reply, '没有这一天', html`<p class="card">还没有收到这一天的账单。</p>`, 404)
    const { receipt, rows } = kept
    return sendPage(
      reply,
      `${receipt.day} 的账单`,
      html`<table class="card"><tr><th>回执号</th><td>${receipt.receiptNo}</td></tr><tr><th>收到</th><td>${formatShanghai(receipt.receivedAtMs)}，第 ${receipt.version} 次</td></tr><tr><th>SHA-256</th><td>${receipt.sha256}</td></tr>
${receipt.totals.map(({ kind, count, amount }) => html`<tr><th>${KIND_NAMES[kind]}</th><td>${count} 笔，${formatYuan(amount)} 元</td></tr>`)}</table>
<h2>明细（前 ${rows.length} 行）</h2><table class="card">${rows.map(({ kind, orderNo, amount, time }) => html`<tr><td>${time.slice(11)}</td><td>${KIND_NAMES[kind]}<br>${orderNo}</td><td>${formatYuan(amount)}</td></tr>`)}</table><a class="link" href="/">返回</a>`,
    )
  })
}
