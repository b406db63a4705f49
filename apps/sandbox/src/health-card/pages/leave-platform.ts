import type { FastifyReply } from 'fastify'
import { callbackAddress } from '../../kit/callback-address.ts'
import { sendPage } from '../../kit/form-body.ts'
import { type Html, html } from '../../kit/html.ts'
import type { CardPlatform } from '../platform.ts'
import { isMiniAddress, isMiniPath, MINI_PREFIX } from '../redirects.ts'

/**
 * Takes the browser to an address of the hospital. A real web-view lets the platform's page switch to a
 * mini-program page; a browser cannot, so a link stands there with the path in `data-mini-path`.
 */
export function leavePlatform(platform: CardPlatform, reply: FastifyReply, address: string): FastifyReply {
  if (isMiniAddress(address)) return showMiniLink(reply, address.slice(MINI_PREFIX.length), '回到小程序')
  const target = callbackAddress(address, platform.settings.callbackHosts)
  // 302 after a GET, 303 after a form: both make the browser fetch the target with GET.
  if (target) return reply.redirect(target.href, reply.request.method === 'GET' ? 302 : 303)
  return refuseCallback(reply)
}

/** A hospital's own page: `/pages/…` is one of its mini program, without the prefix. */
export function openHospitalPage(platform: CardPlatform, reply: FastifyReply, address: string): FastifyReply {
  return isMiniPath(address)
    ? showMiniLink(reply, address, '打开小程序的人脸核验页')
    : leavePlatform(platform, reply, address)
}

/** The way back to the hospital as a link, for pages that have nothing else to offer. */
export function hospitalLink(platform: CardPlatform, address: string, label: string): Html | undefined {
  if (isMiniAddress(address)) return miniLink(address.slice(MINI_PREFIX.length), label)
  const target = callbackAddress(address, platform.settings.callbackHosts)
  return target && html`<a class="button" href="${target.href}">${label}</a>`
}

export function refuseCallback(reply: FastifyReply): FastifyReply {
  return sendPage(
    reply,
    '回调地址不合法',
    html`<div class="card"><p>403：这个回跳地址不在登记的域名之内。</p>
<p class="muted">沙箱只回跳到本机（127.0.0.1、localhost）；可用控制接口的 settings 动作增加 callbackHosts。</p></div>`,
    403,
  )
}

function showMiniLink(reply: FastifyReply, path: string, label: string): FastifyReply {
  return sendPage(
    reply,
    label,
    html`<div class="card"><p>在真实的小程序里，这一步会自动跳转到：</p><p class="path">${path}</p></div>
${miniLink(path, label)}
<p class="muted">浏览器打不开小程序页面；开发者工具或测试程序从链接的 data-mini-path 读取页面路径。</p>`,
  )
}

function miniLink(path: string, label: string): Html {
  return html`<a class="button" href="${MINI_PREFIX}${path}" data-mini-path="${path}">${label}</a>`
}
