import { PayRefusal } from '../errors.ts'
import { type Download, newToken, type PayPlatform } from '../platform.ts'
import { FileAnswer, type PayRequest } from '../requests/route.ts'

/** Keeps a file for a while and returns the address to fetch it from, to be used as it stands. */
export function offerDownload(
  platform: PayPlatform,
  path: string,
  file: Omit<Download, 'diesMs'>,
  lifetimeMs: number,
): string {
  const token = newToken(32)
  platform.downloads.set(token, { ...file, diesMs: platform.clock.nowMs() + lifetimeMs })
  return `${platform.baseUrl}${path}?token=${token}`
}

/** The file behind a download_url; only for the merchant that asked for it. Not signed. */
export function download({ downloads, clock }: PayPlatform, { query, mchid }: PayRequest): FileAnswer {
  const file = downloads.get(query['token'] ?? '')
  if (!file || file.diesMs <= clock.nowMs())
    throw new PayRefusal('PARAM_ERROR', 'token 不正确或已过期，请重新申请')
  if (file.mchid !== mchid) throw new PayRefusal('NO_AUTH', '商户号与申请下载的商户号不一致')
  return new FileAnswer(file.bytes, file.type)
}
