import { createHealthCardClient, type HealthCardClient } from '@zhangyi/health-card'
import type { HisPort } from '@zhangyi/his'
import { recordCall } from '../call-log/record-call.ts'
import { type Hospital, readSecret } from '../hospitals/hospitals.ts'
import { currentTraceId } from '../http/trace.ts'
import type { Platform } from '../platform.ts'
import { createSms } from '../sms/create-sms.ts'
import { postgresTokenStore } from '../tokens/postgres-token-store.ts'
import type { Clients } from './clients.ts'
import { wechatCallers } from './wechat-callers.ts'

/** Makes each hospital's clients once; every call they make goes to the call log under the request's trace number. */
export function buildClients(platform: Platform, his: (hospital: Hospital) => HisPort): Clients {
  const wechat = onceEach((hospital) => wechatCallers(platform, hospital))
  return {
    healthCard: onceEach((hospital) => healthCardClient(platform, hospital)),
    his,
    wechat: (hospital, appid) => wechat(hospital).get(appid),
    sms: onceEach((hospital) => createSms(platform, hospital)),
  }
}

function healthCardClient(
  { database, cipher, clock, fetch: send, log }: Platform,
  hospital: Hospital,
): HealthCardClient {
  const {
    appSecretFile,
    h5Origin: _,
    moreH5Hosts: __,
    signZero,
    tokenInvalidCodes,
    domainChannel,
    ...options
  } = hospital.healthCard
  return createHealthCardClient({
    ...options,
    appSecret: readSecret(appSecretFile),
    clock,
    fetch: send,
    tokenStore: postgresTokenStore(database, cipher, hospital.id),
    config: { signZero, tokenInvalidCodes, domainChannel },
    onCall: (call) => {
      const entry = { ...call, platform: 'health-card', traceId: currentTraceId() }
      void recordCall(database, hospital.id, entry, (error) => log.error({ err: error }, 'call log'))
    },
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
