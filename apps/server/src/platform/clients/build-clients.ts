import { SECOND_MS } from '@zhangyi/core'
import { type CallRecord, createHealthCardClient, type HealthCardClient } from '@zhangyi/health-card'
import type { HisPort } from '@zhangyi/his'
import { recordCall } from '../call-log/record-call.ts'
import type { Hospital } from '../hospitals/hospitals.ts'
import { currentTraceId } from '../http/trace.ts'
import type { Platform } from '../platform.ts'
import { readSecret } from '../secrets/read-secret.ts'
import { createSms } from '../sms/create-sms.ts'
import { brieflyKept } from '../tokens/briefly-kept.ts'
import { postgresTokenStore } from '../tokens/postgres-token-store.ts'
import type { Clients } from './clients.ts'
import { wechatCallers } from './wechat-callers.ts'
import { wechatPayClient } from './wechat-pay-client.ts'

const TOKEN_KEPT_MS = SECOND_MS

/** Makes each hospital's clients once; every call they make goes to the call log under the request's trace number. */
export function buildClients(platform: Platform, his: (hospital: Hospital) => HisPort): Clients {
  const wechat = onceEach((hospital) => wechatCallers(platform, hospital))
  return {
    healthCard: onceEach((hospital) =>
      createHealthCardClient({
        ...healthCardOptions(platform, hospital),
        tokenStore: postgresTokenStore(platform.database, platform.cipher, hospital.id),
        onCall: logHealthCardCalls(platform, hospital),
      }),
    ),
    usageReports: onceEach((hospital) => usageReports(platform, hospital)),
    his,
    wechat: (hospital, appid) => wechat(hospital).get(appid),
    wechatPay: onceEach((hospital) => wechatPayClient(platform, hospital)),
    sms: onceEach((hospital) => createSms(platform, hospital)),
  }
}

function healthCardOptions({ clock, cipher, fetch: send }: Platform, hospital: Hospital) {
  const {
    appSecretFile,
    h5Origin: _,
    moreH5Hosts: __,
    signZero,
    tokenInvalidCodes,
    domainChannel,
    ...options
  } = hospital.healthCard
  return {
    ...options,
    appSecret: readSecret(cipher, appSecretFile),
    clock,
    fetch: send,
    config: { signZero, tokenInvalidCodes, domainChannel },
  }
}

function logHealthCardCalls({ database, log }: Platform, { id }: Hospital) {
  return (call: CallRecord): void => {
    const entry = { ...call, platform: 'health-card', traceId: currentTraceId() }
    void recordCall(database, id, entry, (error) => log.error({ err: error }, 'call log'))
  }
}

function usageReports(platform: Platform, hospital: Hospital): HealthCardClient {
  const { database, cipher, clock } = platform
  const shared = postgresTokenStore(database, cipher, hospital.id)
  return createHealthCardClient({
    ...healthCardOptions(platform, hospital),
    timeoutMs: hospital.usage.timeoutMs,
    tokenStore: brieflyKept(shared, clock, TOKEN_KEPT_MS),
  })
}

function onceEach<T>(make: (hospital: Hospital) => T): (hospital: Hospital) => T {
  const made = new Map<string, { readonly one: T }>()
  return (hospital) => {
    const before = made.get(hospital.id)
    if (before) return before.one
    const fresh = make(hospital)
    made.set(hospital.id, { one: fresh })
    return fresh
  }
}
