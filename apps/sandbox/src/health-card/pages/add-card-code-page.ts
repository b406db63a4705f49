import { maskName } from '@zhangyi/core'
import type { FastifyInstance, FastifyReply } from 'fastify'
import QRCode from 'qrcode'
import { sendPage } from '../../kit/form-body.ts'
import { html } from '../../kit/html.ts'
import type { CardPlatform } from '../platform.ts'
import { Refusal } from '../result-codes.ts'
import { cardSummary } from './card-summary.ts'
import { hospitalLink } from './leave-platform.ts'

const FIELD_LABELS: Readonly<Record<string, string>> = {
  registerCardNum: '就诊卡号',
  registerId: '登记号',
  outpatientNum: '门诊号',
  caregiverName: '陪护人',
}

type Query = {
  Querystring: {
    order_id?: string
    redirect_uri?: string
    healthCardId?: string
    fieldCode?: string
    redirectUrl?: string
  }
}

/** `open/takeMsCard` (into the card package) and `open/healthcode`, the plugin's code page. */
export function addCardCodePage(app: FastifyInstance, platform: CardPlatform): void {
  app.get<Query>('/open/takeMsCard', (request, reply) => {
    const { order_id: orderId = '', redirect_uri: back } = request.query
    return showCode(platform, reply, '领取到微信卡包', platform.packageOrders.get(orderId), back)
  })
  app.get<Query>('/open/healthcode', (request, reply) => {
    const { healthCardId, redirectUrl, fieldCode } = request.query
    return showCode(platform, reply, '电子健康卡', healthCardId, redirectUrl, fieldCode)
  })
}

async function showCode(
  platform: CardPlatform,
  reply: FastifyReply,
  title: string,
  healthCardId = '',
  back = 'back',
  fieldCode = '',
): Promise<FastifyReply> {
  const card = platform.cards.byId(healthCardId)
  if (!card) throw new Refusal('cardNotFound')
  const image = await QRCode.toDataURL(platform.qrCodes.issue(card.healthCardId), { margin: 2, width: 440 })
  const { healthCardId: ofCard, ...fields } = platform.pageFields.get(fieldCode) ?? {}
  const shown = ofCard === healthCardId ? Object.entries(fields) : []
  return sendPage(
    reply,
    title,
    html`<div class="card centred">${cardSummary(card)}<img src="${image}" alt="${maskName(card.name)}的健康卡二维码" width="220" height="220">
<p class="muted">在挂号、缴费、取药处出示。二维码 5 分钟内有效。</p></div>
${shown.length > 0 && html`<table class="card">${shown.map(([name, value]) => html`<tr><th>${FIELD_LABELS[name] ?? name}</th><td>${value}</td></tr>`)}</table>`}
${hospitalLink(platform, back.startsWith('/') ? `mini:${back}` : back, '返回医院') ?? html`<p class="muted">请用左上角的返回键回到医院页面。</p>`}`,
  )
}
