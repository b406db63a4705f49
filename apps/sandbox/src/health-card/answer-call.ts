import { MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { signRequest } from '@zhangyi/health-card'
import { z } from 'zod'
import { sameText } from '../kit/same-text.ts'
import { HEALTH_CARD_APP } from './credentials.ts'
import { type Operation, Remark, type Rsp } from './operation.ts'
import type { CardPlatform } from './platform.ts'
import { RESULT_CODES, Refusal, type ResultName } from './result-codes.ts'

/** The real tolerance is not public. */
const TIMESTAMP_TOLERANCE_MS = 10 * MINUTE_MS

const TOKEN_FREE = 'getAppToken'

export interface Envelope {
  readonly commonOut: { readonly requestId: string; readonly resultCode: number; readonly errMsg: string }
  readonly rsp: Rsp
}

const envelopeSchema = z.object({
  commonIn: z.looseObject({
    appToken: z.string().nullish(),
    requestId: z.string().min(1).max(64),
    hospitalId: z.string(),
    // Texts in Tencent's SDKs; two hospital code bases send a number and are served.
    timestamp: z.union([z.string().regex(/^\d{10}$/), z.number().int()]),
    channelNum: z.union([z.literal(0), z.literal(1), z.literal(3), z.literal(4)]).optional(),
    relateAppId: z.string().nullish(),
    relateOpenId: z.string().nullish(),
    sign: z.string(),
  }),
  req: z.record(z.string(), z.unknown()),
})
type Request = z.output<typeof envelopeSchema>

/** From envelope to envelope: checks in the order form, hospital, signature, time, token, fields; then the work. */
export async function answerCall(
  platform: CardPlatform,
  operation: Operation,
  body: unknown,
): Promise<Envelope> {
  const parsed = envelopeSchema.safeParse(body)
  if (!parsed.success) return refusal(requestIdOf(body), operation.emptyRsp, 'malformed')
  const request = parsed.data
  const { requestId } = request.commonIn
  try {
    checkCaller(platform, operation, request)
    const answer = await operation.carryOut(platform, request.req, {
      channelNum: request.commonIn.channelNum ?? 0,
    })
    const { rsp, errMsg } =
      answer instanceof Remark ? answer : { rsp: answer, errMsg: RESULT_CODES.success.zh }
    return { commonOut: { requestId, resultCode: 0, errMsg }, rsp }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refusal(requestId, operation.emptyRsp, error.result, error.message)
  }
}

function checkCaller(platform: CardPlatform, operation: Operation, { commonIn, req }: Request): void {
  if (commonIn.hospitalId !== HEALTH_CARD_APP.hospitalId) throw new Refusal('hospitalUnknown')
  const { sign, ...signed } = commonIn
  // Signed as it came: members that this simulator does not know are part of the signature, too.
  const expected = signRequest(signed, req, HEALTH_CARD_APP.appSecret)
  if (!sameText(sign, expected)) throw new Refusal('signInvalid')
  if (!platform.callersClock.accepts(Number(commonIn.timestamp) * SECOND_MS, TIMESTAMP_TOLERANCE_MS))
    throw new Refusal('timestampOutOfRange')
  if (operation.name === TOKEN_FREE) return
  // As if another server of the same app had just fetched a token of its own.
  if (platform.faults.take('wrong-token', operation.name)) platform.tokens.revoke()
  if (!platform.tokens.isValid(commonIn.appToken ?? '')) throw new Refusal('tokenInvalid')
  if (platform.faults.take('partner-org-missing', operation.name)) throw new Refusal('partnerOrgMissing')
}

export function refusal(
  requestId: string,
  rsp: Rsp,
  result: ResultName,
  errMsg: string = RESULT_CODES[result].zh,
): Envelope {
  return { commonOut: { requestId, resultCode: RESULT_CODES[result].code, errMsg }, rsp }
}

function requestIdOf(body: unknown): string {
  const commonIn = (body as { commonIn?: { requestId?: unknown } } | null | undefined)?.commonIn
  return typeof commonIn?.requestId === 'string' ? commonIn.requestId.slice(0, 64) : ''
}
