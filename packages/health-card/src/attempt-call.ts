import { newRequestId, no, type Outcome, SECOND_MS } from '@zhangyi/core'
import { ENDPOINTS, type Operation } from './endpoints.ts'
import { maskRecord, maskWords } from './mask-record.ts'
import type { CallContext, CallRecord, HealthCardOptions } from './options.ts'
import { postBody } from './post-body.ts'
import { type Envelope, readEnvelope } from './read-envelope.ts'
import type { Members } from './read-members.ts'
import { canonicalJson, signRequest } from './sign.ts'

/** Makes a result of a reply with resultCode 0. It must not throw. */
export type Interpret<T> = (rsp: Members, errMsg: string) => Outcome<T>

export interface Call<T> {
  readonly operation: Operation
  readonly req: object
  readonly context: CallContext
  readonly interpret: Interpret<T>
}

export interface Attempt<T> {
  readonly outcome: Outcome<T>
  readonly requestId: string
  /** Only under a resultCode other than 0: the words unmasked, to recognise a refused token, for nothing else. */
  readonly refusal: { readonly resultCode: number; readonly errMsg: string } | undefined
}

/** Signs and sends one envelope once, says what is known afterwards, and records it. */
export async function attemptCall<T>(
  options: HealthCardOptions,
  call: Call<T>,
  appToken: string,
  deadline: AbortSignal,
): Promise<Attempt<T>> {
  const { clock, config = {}, baseUrl, appSecret, fetch: send = fetch } = options
  const startedAtMs = clock.nowMs()
  const started = performance.now()
  const { operation } = call
  const commonIn = commonInOf(options, call, appToken)
  const req = rename(call.req as Members, config.requestNames?.[operation])
  const sign = signRequest(commonIn, req, appSecret, { signZero: config.signZero ?? true })
  // What is signed is what is sent: one canonical form for both.
  const body = canonicalJson({ commonIn: { ...commonIn, sign }, req })
  const path = config.paths?.[operation] ?? ENDPOINTS[operation].path
  const posted = await postBody(send, baseUrl.replace(/\/+$/, '') + path, body, deadline)
  const received = posted.kind === 'yes' ? readEnvelope(posted.value) : posted
  const envelope = received.kind === 'yes' ? received.value : undefined
  const sources = [commonIn, call.req as Members, envelope?.rsp ?? {}]
  const outcome =
    received.kind === 'yes'
      ? judge(received.value, call.interpret, (text) => maskWords(text, ...sources))
      : received
  tell(call.context.onCall ?? options.onCall, () => ({
    startedAtMs,
    durationMs: performance.now() - started,
    operation,
    requestId: commonIn.requestId,
    outcome: outcome.kind,
    code: outcome.kind === 'yes' ? '0' : outcome.kind === 'no' ? outcome.code : outcome.cause,
    // Masking costs more than the rest of the record; who keeps neither does not pay for it.
    get request() {
      return maskRecord({ ...commonIn, sign, ...call.req })
    },
    get reply() {
      return (
        envelope && {
          ...maskRecord({ ...envelope.commonOut, ...envelope.rsp }),
          errMsg: maskWords(envelope.errMsg, ...sources),
        }
      )
    },
  }))
  const refusal = envelope?.resultCode === 0 ? undefined : envelope
  return { outcome, requestId: commonIn.requestId, refusal }
}

// The reason goes on to rooms and their logs, so personal data that the platform repeats in it is taken out.
function judge<T>(
  { resultCode, errMsg, rsp }: Envelope,
  interpret: Interpret<T>,
  mask: (text: string) => string,
): Outcome<T> {
  const outcome = resultCode === 0 ? interpret(rsp, errMsg) : no(String(resultCode), errMsg)
  return outcome.kind === 'no' ? no(outcome.code, mask(outcome.reason)) : outcome
}

function commonInOf(options: HealthCardOptions, { operation, context }: Call<unknown>, appToken: string) {
  const { clock, hospitalId, config = {} } = options
  const seconds = Math.floor(clock.nowMs() / SECOND_MS)
  const related = config.related?.[operation] ?? ENDPOINTS[operation].related
  return {
    appToken,
    requestId: newRequestId(),
    hospitalId,
    timestamp: config.timestampType === 'number' ? seconds : String(seconds),
    channelNum: context.channelNum,
    ...(related &&
      context.relatedUser && {
        relateAppId: context.relatedUser.appid,
        relateOpenId: context.relatedUser.openid,
      }),
  }
}

function rename(req: Members, names: Readonly<Record<string, string>> | undefined): Members {
  if (!names) return req
  return Object.fromEntries(Object.entries(req).map(([name, value]) => [names[name] ?? name, value]))
}

// Making the record is guarded like telling it: neither may turn a done call into a failed one.
function tell(onCall: HealthCardOptions['onCall'], record: () => CallRecord): void {
  if (onCall) (async () => onCall(record()))().catch(() => {})
}
