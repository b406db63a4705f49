import type { FastifyInstance } from 'fastify'
import { callbackAddress } from '../../kit/callback-address.ts'
import { sendPage } from '../../kit/form-body.ts'
import { html } from '../../kit/html.ts'
import { currentPerson } from '../../weixin/persons.ts'
import type { CardPlatform } from '../platform.ts'
import { cardSummary } from './card-summary.ts'
import { leavePlatform, refuseCallback } from './leave-platform.ts'

const ADD_CARD = '0'
const DECLINED = '-1'

type Call = { redirect_uri?: string; choice?: string }

/** `open/getHealthCardList`: the older H5 way to a healthCode; `0` adds a card, `-1` declines. */
export function addCardListPage(app: FastifyInstance, platform: CardPlatform): void {
  app.get<{ Querystring: Call }>('/open/getHealthCardList', (request, reply) => {
    const target = callbackAddress(request.query.redirect_uri, platform.settings.callbackHosts)
    if (!target) return refuseCallback(reply)
    const cards = platform.cards.ofPerson(currentPerson(request.headers.cookie).id)
    return sendPage(
      reply,
      '我的电子健康卡',
      html`<form method="post" action="/open/getHealthCardList"><input type="hidden" name="redirect_uri" value="${target.href}">
${cards.map((card) => html`<button class="choice" name="choice" value="${card.healthCardId}">${cardSummary(card)}</button>`)}
<button class="ghost" name="choice" value="${ADD_CARD}">添加健康卡</button><button class="link" name="choice" value="${DECLINED}">暂不授权</button></form>`,
    )
  })

  app.post<{ Body: Call }>('/open/getHealthCardList', (request, reply) => {
    const { redirect_uri: redirectUri, choice = DECLINED } = request.body ?? {}
    const target = callbackAddress(redirectUri, platform.settings.callbackHosts)
    if (!target) return refuseCallback(reply)
    const card = platform.cards.byId(choice)
    const own = card?.person === currentPerson(request.headers.cookie).id
    const answer = choice === ADD_CARD ? ADD_CARD : DECLINED
    target.searchParams.set(
      'healthCode',
      card && own ? platform.healthCodes.issue(card.healthCardId) : answer,
    )
    return leavePlatform(platform, reply, target.href)
  })
}
