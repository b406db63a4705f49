import { unknown, yes } from '@zhangyi/core'
import type { WechatCaller } from '../call/create-caller.ts'
import type { Picture } from '../call/read-reply.ts'
import { requireForm, WechatInputError } from '../errors.ts'

export type EnvVersion = 'release' | 'trial' | 'develop'

export interface UnlimitedCodeRequest {
  /** A random short key that the server resolves, never anything of a person. 1–32 characters, without `&` and `%`. */
  readonly scene: string
  /** Without leading slash and query; the home page if absent. */
  readonly page?: string
  /** False: the page need not be published yet. */
  readonly checkPath?: boolean
  readonly envVersion?: EnvVersion
  /** Pixels, 280–1280. */
  readonly width?: number
}

// `&` is in WeChat's list, but is refused with 40129.
const SCENE = /^[0-9A-Za-z!#$'()*+,/:;=?@\-._~]{1,32}$/
export const PAGE = /^[0-9A-Za-z_-]+(\/[0-9A-Za-z_-]+)*$/

/**
 * `POST /wxa/getwxacodeunlimit`: a mini-program code as a picture. Without lasting effect, so it may be asked for
 * again. Throws `WechatError` (41030: no such page; 45009: more than 5000 a minute) and `WechatInputError`.
 */
export async function getUnlimitedCode(
  caller: WechatCaller,
  { scene, page, checkPath, envVersion, width }: UnlimitedCodeRequest,
): Promise<Picture> {
  if (width !== undefined && !(Number.isInteger(width) && width >= 280 && width <= 1280))
    throw new WechatInputError('width', 'range')
  return caller.read({
    operation: 'getUnlimitedCode',
    path: '/wxa/getwxacodeunlimit',
    body: {
      scene: requireForm('scene', scene, SCENE),
      ...(page !== undefined && { page: requireForm('page', page, PAGE) }),
      ...(checkPath !== undefined && { check_path: checkPath }),
      ...(envVersion && { env_version: envVersion }),
      ...(width !== undefined && { width }),
    },
    // JSON with errcode 0 is no picture.
    interpret: ({ picture }) => (picture ? yes(picture) : unknown('malformed')),
  })
}
