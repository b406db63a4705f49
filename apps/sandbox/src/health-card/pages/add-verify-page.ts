import { ageAt, isNonResidentPrefix } from '@zhangyi/core'
import type { FastifyInstance } from 'fastify'
import { sendPage } from '../../kit/form-body.ts'
import { html } from '../../kit/html.ts'
import type { CardPlatform } from '../platform.ts'
import { withQuery } from '../redirects.ts'
import { Refusal } from '../result-codes.ts'
import { failOrder, passOrder } from '../verification/finish-order.ts'
import { DOCUMENT_ONLY, isMethod, METHODS, type Method, methodsFor } from '../verification/methods.ts'
import { findOpenOrder, type Order } from '../verification/order.ts'
import { cardSummary } from './card-summary.ts'
import { leavePlatform, openHospitalPage } from './leave-platform.ts'

type Query = { Querystring: { orderId?: string; method?: string; verify_order_id?: string } }
type Form = { Body: { orderId?: string; method?: string; result?: string } }

/** verifyUrl and what follows a chosen card: the ways that are open to this person, and the result. */
export function addVerifyPage(app: FastifyInstance, platform: CardPlatform): void {
  app.get<Query>('/open/verify', (request, reply) => {
    const order = findOpenOrder(platform, request.query.orderId ?? '')
    const methods = openMethods(platform, order)
    const body = methods === undefined ? documentOnly(order) : chooseMethod(order, methods)
    return sendPage(reply, '身份验证', body)
  })

  app.get<Query>('/open/verify/method', (request, reply) => {
    const order = findOpenOrder(platform, request.query.orderId ?? '')
    const method = allowedMethod(platform, order, request.query.method)
    order.method = method
    if (method === 'face' && order.targets.face !== undefined)
      return openHospitalPage(platform, reply, withQuery(order.targets.face, faceQuery(platform, order)))
    return sendPage(reply, METHODS[method].zh, simulated(order, method))
  })

  app.post<Form>('/open/verify/result', (request, reply) => {
    const { orderId = '', method: wanted, result } = request.body ?? {}
    const order = findOpenOrder(platform, orderId)
    const method =
      wanted === DOCUMENT_ONLY ? documentMethod(platform, order) : allowedMethod(platform, order, wanted)
    // A hospital that has a face page decides there; the platform's page must not pass in its place.
    if (method === 'face' && order.targets.face !== undefined) throw new Refusal('orderMismatch')
    return leavePlatform(
      platform,
      reply,
      result === 'pass' ? passOrder(platform, order, method) : failOrder(order),
    )
  })

  app.get<Query>('/open/verify/give-up', (request, reply) => {
    const order = findOpenOrder(platform, request.query.orderId ?? '')
    return leavePlatform(platform, reply, failOrder(order))
  })

  // The hospital's face page comes back here; only what registerRealPersonAuthOrder issued for this order counts.
  app.get<Query>('/open/verify/face-return', (request, reply) => {
    const { orderId = '', verify_order_id: issued = '' } = request.query
    const order = findOpenOrder(platform, orderId)
    const passed = order.faceVerifyOrderIds.includes(issued)
    return leavePlatform(platform, reply, passed ? passOrder(platform, order, 'face') : failOrder(order))
  })
}

function faceQuery(platform: CardPlatform, order: Order): Record<string, string> {
  const redirectUrl = `${platform.baseUrl}/open/verify/face-return?orderId=${order.orderId}`
  return { orderId: order.orderId, redirectUrl, verifyType: String(METHODS.face.verifyType) }
}

/** Undefined where the document allows no check of the person. */
function openMethods(platform: CardPlatform, order: Order): readonly Method[] | undefined {
  const { idType, idNumber } = order.subject
  if (idType !== '01' || isNonResidentPrefix(idNumber)) return undefined
  const birthday = `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`
  return methodsFor(ageAt(birthday, platform.clock.nowMs()), platform.settings.ageBoundaries, {
    ncidas: order.targets.ncidas !== undefined,
    wechatPay: order.channelNum === 0,
  })
}

function allowedMethod(platform: CardPlatform, order: Order, method: string | undefined): Method {
  if (isMethod(method) && openMethods(platform, order)?.includes(method)) return method
  throw new Refusal('orderMismatch', '该人群不支持这种验证方式')
}

function documentMethod(platform: CardPlatform, order: Order): typeof DOCUMENT_ONLY {
  if (openMethods(platform, order) === undefined) return DOCUMENT_ONLY
  throw new Refusal('orderMismatch', '居民身份证须验证本人')
}

function chooseMethod(order: Order, methods: readonly Method[]) {
  return html`<div class="card">${cardSummary(order.subject)}</div>
<p>请选择一种验证方式，验证通过后回到医院页面。</p>
${methods.map(
  (method, index) =>
    html`<a class="button ${index === 0 ? '' : 'ghost'}" href="/open/verify/method?orderId=${order.orderId}&method=${method}">${METHODS[method].zh}<small>${METHODS[method].hint}</small></a>`,
)}${giveUp(order)}`
}

function simulated(order: Order, method: Method) {
  return html`<div class="card">${cardSummary(order.subject)}</div>
<p>${METHODS[method].hint}。这里没有真实的验证，请选择结果：</p>${resultForm(order, method, '模拟：验证通过', '模拟：验证不通过')}${giveUp(order)}`
}

function documentOnly(order: Order) {
  return html`<div class="card">${cardSummary(order.subject)}</div>
<p>这种证件不支持人脸识别等实人验证。请核对证件信息，确认后可以继续，健康卡会标记为“未实人验证”。</p>${resultForm(order, DOCUMENT_ONLY, '确认证件信息', undefined)}${giveUp(order)}`
}

function resultForm(order: Order, method: string, pass: string, fail: string | undefined) {
  return html`<form method="post" action="/open/verify/result"><input type="hidden" name="orderId" value="${order.orderId}"><input type="hidden" name="method" value="${method}">
<button name="result" value="pass">${pass}</button>${fail !== undefined && html`<button class="ghost" name="result" value="fail">${fail}</button>`}</form>`
}

function giveUp(order: Order) {
  return html`<a class="link" href="/open/verify/give-up?orderId=${order.orderId}">放弃验证</a>`
}
