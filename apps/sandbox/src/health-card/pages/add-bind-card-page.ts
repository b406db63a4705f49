import type { FastifyInstance } from 'fastify'
import { sendPage } from '../../kit/form-body.ts'
import { html } from '../../kit/html.ts'
import type { CardPlatform } from '../platform.ts'
import { fill } from '../redirects.ts'
import { Refusal } from '../result-codes.ts'
import { type Flow, ORDER_LIFETIME_MS, openOrder, verifyPageUrl } from '../verification/order.ts'
import { cardSummary } from './card-summary.ts'
import { leavePlatform } from './leave-platform.ts'

type Query = { Querystring: { flow?: string } }
type Form = { Body: { flow?: string; card?: string } }

/** bindCardUrl: the person's cards, each one tap away; a new card; or no authorisation. */
export function addBindCardPage(app: FastifyInstance, platform: CardPlatform): void {
  app.get<Query>('/open/bindCard', (request, reply) => {
    const { flowId, person } = findFlow(platform, request.query.flow)
    const cards = platform.cards.ofPerson(person)
    const hidden = html`<input type="hidden" name="flow" value="${flowId}">`
    return sendPage(
      reply,
      '选择要授权的健康卡',
      html`<form method="post" action="/open/bindCard/card">${hidden}
${cards.map((card) => html`<button class="choice" name="card" value="${card.healthCardId}">${cardSummary(card)}</button>`)}</form>
${cards.length === 0 && html`<p class="card muted">这个微信还没有电子健康卡，可以现在添加。</p>`}
<form method="post" action="/open/bindCard/new">${hidden}<button class="${cards.length === 0 ? '' : 'ghost'}">添加健康卡</button></form>
<a class="link" href="/open/bindCard/decline?flow=${flowId}">暂不授权</a>`,
    )
  })

  app.post<Form>('/open/bindCard/card', (request, reply) => {
    const flow = findFlow(platform, request.body?.flow)
    const card = platform.cards.byId(request.body?.card ?? '')
    if (card?.person !== flow.person) throw new Refusal('cardNotFound')
    const { person, channelNum, wechatCode, targets } = flow
    const order = openOrder(platform, {
      purpose: 'bind',
      askedBy: 'registerHealthCardPreAuth',
      ...{ person, channelNum, wechatCode, targets, subject: card },
    })
    return reply.redirect(verifyPageUrl(platform, order), 303)
  })

  app.post<Form>('/open/bindCard/new', (request, reply) => {
    const flow = findFlow(platform, request.body?.flow)
    const authCode = platform.authCodes.issue(flow)
    return leavePlatform(platform, reply, fill(flow.targets.userForm, 'authCode', authCode))
  })

  app.get<Query>('/open/bindCard/decline', (request, reply) =>
    leavePlatform(platform, reply, findFlow(platform, request.query.flow).targets.verifyFail),
  )
}

function findFlow(platform: CardPlatform, flowId = ''): Flow {
  const flow = platform.flows.get(flowId)
  if (!flow) throw new Refusal('orderNotFound')
  if (platform.clock.nowMs() >= flow.createdAtMs + ORDER_LIFETIME_MS) throw new Refusal('orderClosed')
  if (platform.wechatCodes.isSpent(flow.wechatCode)) throw new Refusal('wechatCodeUsed')
  return flow
}
