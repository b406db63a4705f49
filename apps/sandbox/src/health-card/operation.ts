import { z } from 'zod'
import type { CardPlatform } from './platform.ts'
import { Refusal, type ResultName } from './result-codes.ts'

const FAMILIES = {
  A: '/rest/auth/HealthCard/HealthOpenAuth/AuthObj',
  B: '/rest/auth/HealthCard/HealthOpenPlatform/ISVOpenObj',
  C: '/rest/auth/TXHealthCard/EHealthCardServer/ISVOpenObj',
} as const

/** What an operation may want to know of the caller besides `req`. */
export interface Caller {
  readonly channelNum: number
}

export type Rsp = Readonly<Record<string, unknown>>

/** A reply with code 0 whose message is not 成功: some refusals come as an empty member and a reason. */
export class Remark {
  readonly rsp: Rsp
  readonly errMsg: string

  constructor(rsp: Rsp, errMsg: string) {
    this.rsp = rsp
    this.errMsg = errMsg
  }
}

type Answer = Rsp | Remark

interface OperationSpec<S extends z.ZodType> {
  readonly name: string
  readonly zh: string
  /** The platform spreads its paths over three families; B unless said. */
  readonly family?: keyof typeof FAMILIES
  readonly req: S
  /** Members of `rsp`, all there and empty when the call fails. */
  readonly rsp: readonly string[]
  readonly carryOut: (platform: CardPlatform, req: z.output<S>, caller: Caller) => Answer | Promise<Answer>
}

export interface Operation {
  readonly name: string
  readonly zh: string
  readonly path: string
  readonly emptyRsp: Rsp
  readonly carryOut: (platform: CardPlatform, rawReq: unknown, caller: Caller) => Promise<Answer>
}

/** One API operation: its request is checked against `req` before `carryOut` sees it. */
export function operation<S extends z.ZodType>(spec: OperationSpec<S>): Operation {
  return {
    name: spec.name,
    zh: spec.zh,
    path: `${FAMILIES[spec.family ?? 'B']}/${spec.name}`,
    emptyRsp: Object.fromEntries(spec.rsp.map((name) => [name, ''])),
    carryOut: async (platform, rawReq, caller) => spec.carryOut(platform, parseReq(spec.req, rawReq), caller),
  }
}

function parseReq<S extends z.ZodType>(schema: S, rawReq: unknown): z.output<S> {
  const members = withoutEmpty(rawReq)
  const parsed = schema.safeParse(members)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.map(String).join('.') ?? ''
  const top = String(issue?.path[0] ?? '')
  if (issue?.path.length === 1 && !(top in members)) throw new Refusal('fieldMissing', field)
  const wanted = issue?.code === 'custom' ? (issue.params?.['result'] as ResultName | undefined) : undefined
  throw new Refusal(wanted ?? 'fieldInvalid', `${field} ${issue?.message ?? ''}`.trim())
}

/** An empty or blank text and a null stand for an absent member, as in the signature. */
function withoutEmpty(rawReq: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(rawReq as Record<string, unknown>).filter(
      ([, value]) => value !== null && !(typeof value === 'string' && value.trim() === ''),
    ),
  )
}

export const text = z.string().max(2_000)
export const integer = z.number().int()
