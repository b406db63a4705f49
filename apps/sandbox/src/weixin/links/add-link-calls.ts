import { z } from 'zod'
import type { AddCall } from '../add-call.ts'
import { WeixinRefusal } from '../errcodes.ts'
import type { WeixinPlatform } from '../platform.ts'
import { checkPage } from './check-page.ts'

const expiry = {
  expire_type: z.union([z.literal(0), z.literal(1)]).optional(),
  expire_time: z.number().int().optional(),
  expire_interval: z.number().int().min(1).optional(),
}
const page = {
  path: z.string().default(''),
  query: z.string().default(''),
  env_version: z.enum(['release', 'trial', 'develop']).optional(),
}
const urlLinkSchema = z.looseObject({ ...page, ...expiry })
const schemeSchema = z.looseObject({ jump_wxa: z.looseObject(page).optional(), ...expiry })

const MAX_QUERY = 1_024

/** `/wxa/generate_urllink` and `/wxa/generatescheme`: both open on the sandbox's own page. */
export function addLinkCalls(addCall: AddCall, { links, settings, baseUrl }: WeixinPlatform): void {
  const check = ({ path, query }: { readonly path: string; readonly query: string }) => {
    // A leading slash is allowed here, other than for the code's page; an empty path is the home page.
    if (path !== '') checkPage(settings, path.replace(/^\//, ''))
    if (query.length > MAX_QUERY || !/^[\x20-\x7e]*$/.test(query)) throw new WeixinRefusal(40212)
  }
  addCall({
    operation: 'generate_urllink',
    method: 'POST',
    path: '/wxa/generate_urllink',
    token: 'mini-program',
    carryOut: ({ parse }) => {
      const body = parse(urlLinkSchema)
      check(body)
      const id = links.make(body.path, body.query, body)
      return { errcode: 0, errmsg: 'ok', url_link: `${baseUrl}/sandbox/links/${id}` }
    },
  })
  addCall({
    operation: 'generatescheme',
    method: 'POST',
    path: '/wxa/generatescheme',
    token: 'mini-program',
    carryOut: ({ parse }) => {
      const body = parse(schemeSchema)
      const target = body.jump_wxa ?? { path: '', query: '' }
      check(target)
      const id = links.make(target.path, target.query, body)
      return { errcode: 0, errmsg: 'ok', openlink: `weixin://dl/business/?t=${id}` }
    },
  })
}
