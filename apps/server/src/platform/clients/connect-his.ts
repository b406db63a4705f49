import { createHis, type HisCallRecord, type HisPort, type OnHisCall } from '@zhangyi/his'
import { recordCall } from '../call-log/record-call.ts'
import type { Hospital } from '../hospitals/hospitals.ts'
import { currentTraceId } from '../http/trace.ts'
import type { Platform } from '../platform.ts'
import { readSecret } from '../secrets/read-secret.ts'
import { limitHis } from './limit-his.ts'
import { textToSeal } from './text-to-seal.ts'

const DEFAULT_READ_MS = 2_000
/** The adapter's own limit comes first: it knows better why there was no answer. */
const GRACE_MS = 500

/**
 * The HIS of every hospital by its configuration, made and checked at start-up: a mistake in a mapping or a module
 * stops the start and not the first patient.
 */
export async function connectHis(platform: Platform): Promise<(hospital: Hospital) => HisPort> {
  const ports = new Map<string, HisPort>()
  for (const hospital of platform.hospitals.all) ports.set(hospital.id, await connectOne(platform, hospital))
  return ({ id }) => {
    const port = ports.get(id)
    if (!port) throw new Error(`hospital ${id} came after the start`)
    return port
  }
}

async function connectOne(platform: Platform, hospital: Hospital): Promise<HisPort> {
  const { his, id } = hospital
  const { timeoutMs = DEFAULT_READ_MS, changeTimeoutMs = timeoutMs } = his
  try {
    const port = await createHis(
      { ...his, timeoutMs, changeTimeoutMs },
      {
        ...{ clock: platform.clock, fetch: platform.fetch, onCall: logCalls(platform, hospital) },
        readSecret: (file) => readSecret(platform.cipher, file),
      },
    )
    return limitHis(port, { readMs: timeoutMs + GRACE_MS, changeMs: changeTimeoutMs + GRACE_MS })
  } catch (error) {
    throw new Error(`医院 ${id} 的 his：${(error as Error).message}`, { cause: error })
  }
}

/** What was asked and answered is kept sealed: a dispute needs it, and nobody else may read it. */
function logCalls({ database, cipher, log }: Platform, { id }: Hospital): OnHisCall {
  const sealed = (value: HisCallRecord['question' | 'replies' | 'message']) =>
    cipher.seal(textToSeal(value), 'outside_call.his').toString('base64')
  return ({ operation, requestKey, startedAtMs, durationMs, outcome, code, hisCode, ...content }) => {
    const entry = {
      ...{ startedAtMs, durationMs, platform: 'his', operation, outcome, code },
      requestId: requestKey ?? '',
      traceId: currentTraceId(),
      request: { sealed: sealed(content.question) },
      reply: { hisCode: hisCode ?? null, message: sealed(content.message), sealed: sealed(content.replies) },
    }
    void recordCall(database, id, entry, (error) => log.error({ err: error }, 'call log'))
  }
}
