import QRCode from 'qrcode'
import { z } from 'zod'
import type { AddCall } from '../add-call.ts'
import { WeixinRefusal } from '../errcodes.ts'
import type { WeixinPlatform } from '../platform.ts'
import { checkPage } from './check-page.ts'

// `&` is in WeChat's list, too, but users report 40129 for it; `%` never was.
const SCENE = /^[0-9A-Za-z!#$'()*+,/:;=?@\-._~]*$/
const MAX_SCENE = 32

const bodySchema = z.looseObject({
  scene: z.string().default(''),
  page: z.string().optional(),
  check_path: z.boolean().default(true),
  env_version: z.enum(['release', 'trial', 'develop']).optional(),
  width: z.number().int().min(280).max(1_280).default(430),
})

/** `getwxacodeunlimit`: a picture on success, JSON on refusal. The picture is a QR code of the sandbox's own page. */
export function addCodeCall(addCall: AddCall, { settings, baseUrl }: WeixinPlatform): void {
  addCall({
    operation: 'getwxacodeunlimit',
    method: 'POST',
    path: '/wxa/getwxacodeunlimit',
    token: 'mini-program',
    carryOut: async ({ parse, reply }) => {
      const { scene, page, check_path: checkPath, width } = parse(bodySchema)
      if (scene === '' || scene.length > MAX_SCENE) throw new WeixinRefusal(40169)
      if (!SCENE.test(scene)) throw new WeixinRefusal(40129)
      if (page !== undefined && (checkPath || /^\/|\?/.test(page))) checkPage(settings, page)
      const target = new URL('/sandbox/wxacode', baseUrl)
      target.searchParams.set('scene', scene)
      if (page !== undefined) target.searchParams.set('page', page)
      const picture = await QRCode.toBuffer(target.href, { width, margin: 2 })
      reply.type('image/png')
      return picture
    },
  })
}
