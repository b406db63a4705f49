import { type CallRecord, createWechatPayClient, type WechatPayClient } from '@zhangyi/wechat-pay'
import { recordCall } from '../call-log/record-call.ts'
import type { Hospital } from '../hospitals/hospitals.ts'
import { currentTraceId } from '../http/trace.ts'
import type { Platform } from '../platform.ts'
import { type Opener, readSecret } from '../secrets/read-secret.ts'

/** Undefined where the hospital takes no money. Throws for key files that are not there or hold no usable key. */
export function wechatPayClient(
  platform: Pick<Platform, 'settings' | 'clock' | 'fetch' | 'database' | 'log'> & { readonly cipher: Opener },
  hospital: Hospital,
): WechatPayClient | undefined {
  const { wechatPay } = hospital
  if (!wechatPay) return undefined
  const { mchid, merchantSerial, timeoutMs, origins } = wechatPay
  const [main, ...backup] = origins ?? []
  const secretIn = (file: string) => readSecret(platform.cipher, file)
  return createWechatPayClient({
    ...{ mchid, merchantSerial, timeoutMs, clock: platform.clock, fetch: platform.fetch },
    merchantPrivateKeyPem: secretIn(wechatPay.merchantPrivateKeyFile),
    apiV3Key: secretIn(wechatPay.apiV3KeyFile),
    publicKeys: wechatPay.publicKeys.map(({ id, file }) => ({ id, pem: secretIn(file) })),
    platformCertificates: wechatPay.platformCertificateFiles.map(secretIn),
    ...(main !== undefined && { origins: [main, ...backup] as const }),
    allowLocalNotifyUrls: platform.settings.mode === 'development',
    onCall: logCalls(platform, hospital),
  })
}

const OUTCOMES = {
  ok: 'yes',
  'rejected-definite': 'no',
  'not-accepted': 'unknown',
  'waiting-for-funds': 'unknown',
  conflict: 'unknown',
  'not-found': 'unknown',
  unknown: 'unknown',
} as const satisfies Record<CallRecord['class'], string>

/** The client's records hold nothing of a person: neither body nor query string. */
function logCalls({ database, log }: Pick<Platform, 'database' | 'log'>, { id }: Hospital) {
  return (call: CallRecord): void => {
    const { startedAtMs, tookMs, endpoint, method, origin, path, attempt, httpStatus, requestId } = call
    const entry = {
      ...{ startedAtMs, durationMs: tookMs, platform: 'wechat-pay', operation: endpoint },
      ...{ requestId: requestId ?? '', traceId: currentTraceId() },
      ...{ outcome: OUTCOMES[call.class], code: call.code ?? '' },
      request: { method, origin, path, attempt },
      reply: httpStatus === undefined ? undefined : { httpStatus, class: call.class },
    }
    void recordCall(database, id, entry, (error) => log.error({ err: error }, 'call log'))
  }
}
