import { createAccessTokens, createCaller, type WechatCaller, type WechatCallRecord } from '@zhangyi/wechat'
import { recordCall } from '../call-log/record-call.ts'
import type { Hospital } from '../hospitals/hospitals.ts'
import { currentTraceId } from '../http/trace.ts'
import type { Platform } from '../platform.ts'
import { readSecret } from '../secrets/read-secret.ts'
import { postgresTokenStore } from '../tokens/postgres-token-store.ts'

/** One caller for each of the hospital's appids; the access token is shared by all server processes. */
export function wechatCallers(platform: Platform, hospital: Hospital): ReadonlyMap<string, WechatCaller> {
  const { database, cipher, clock, fetch: send } = platform
  const { apiOrigin, miniProgram, officialAccount } = hospital.wechat
  const transport = { apiOrigin, clock, fetch: send, onCall: logCalls(platform, hospital) }
  const store = postgresTokenStore(database, cipher, hospital.id)
  const apps = [miniProgram, officialAccount].filter((app) => app !== undefined)
  return new Map(
    apps.map(({ appid, secretFile }) => {
      const tokens = createAccessTokens({
        ...transport,
        appid,
        secret: readSecret(cipher, secretFile),
        store,
      })
      return [appid, createCaller({ ...transport, tokens })]
    }),
  )
}

/** The client's records hold nothing of a person, so that they are kept as they are. */
function logCalls({ database, log }: Platform, { id }: Hospital) {
  return ({ appid, path, rid, ...call }: WechatCallRecord): void => {
    const entry = {
      ...call,
      ...{ platform: 'weixin', requestId: rid ?? '', traceId: currentTraceId() },
      ...{ request: { appid, path }, reply: undefined },
    }
    void recordCall(database, id, entry, (error) => log.error({ err: error }, 'call log'))
  }
}
