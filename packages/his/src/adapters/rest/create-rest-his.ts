import { type Clock, systemClock } from '@zhangyi/core'
import { ALL_OPERATIONS, type HIS_OPERATIONS, type HisOperation } from '../../operations.ts'
import type { HisPort } from '../../port.ts'
import { buildPort, type Plans } from '../call/build-port.ts'
import type { OnHisCall } from '../call/call-record.ts'
import { checkOffered } from '../call/check-offered.ts'
import type { Plan } from '../call/plan.ts'
import type { SendOptions } from '../call/send-bytes.ts'
import { HisConfigError } from '../config-error.ts'
import { type MappedQuestion, mappedPlan } from '../mapping/mapped-plan.ts'
import type { HisMapping } from '../mapping/mapping-schema.ts'
import { parseMapping } from '../mapping/parse-mapping.ts'
import { type JsonQuestion, jsonExchange } from './json-exchange.ts'
import type { RestAuth } from './sign-request.ts'
import { wirePath, wirePlan } from './wire-plan.ts'

export type HisGroup = keyof typeof HIS_OPERATIONS

export interface RestHisOptions extends SendOptions {
  readonly baseUrl: string
  /** Groups that the HIS serves on our own wire; `archives` and `cards` when absent. */
  readonly groups?: readonly HisGroup[]
  /** Operations of those groups that it does not serve; `archives.update` and `deductions.reverse` may be left out. */
  readonly without?: readonly HisOperation[]
  /** Operations that the HIS says in its own way, as the content of a mapping file; they come before our wire's. */
  readonly mapping?: unknown
  /** Values for `{settings.…}` of the mapping. */
  readonly settings?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly auth: RestAuth
  readonly clock?: Clock
  readonly onCall?: OnHisCall
}

/** A HIS behind HTTP and JSON. Throws `HisConfigError` if what it offers is not whole. */
export function createRestHis(options: RestHisOptions): HisPort {
  const { groups = ['archives', 'cards'], without = [], settings = {}, clock = systemClock, onCall } = options
  const mapping =
    options.mapping === undefined ? undefined : parseMapping(options.mapping, Object.keys(settings))
  const plans: Record<string, Plan<JsonQuestion>> = {}
  for (const [operation] of ALL_OPERATIONS) {
    const [group] = operation.split('.') as [HisGroup]
    const served = operation === 'probe' || groups.includes(group)
    if (served && !without.includes(operation)) plans[operation] = wirePlan(operation)
  }
  for (const [name, operation] of Object.entries(mapping?.operations ?? {})) {
    const plan = mappedPlan(mapping as HisMapping, name as HisOperation, operation, { settings, clock })
    plans[name] = asJson(name as HisOperation, plan)
  }
  const problems = checkOffered(new Set(Object.keys(plans) as HisOperation[]))
  if (problems.length > 0) throw new HisConfigError('HIS 配置', problems)
  const exchange = jsonExchange({ ...options, clock })
  return buildPort(plans as Plans<JsonQuestion>, { exchange, clock, onCall })
}

function asJson(operation: HisOperation, plan: Plan<MappedQuestion>): Plan<JsonQuestion> {
  return {
    ...plan,
    ask: (input, requestKey) =>
      plan.ask(input, requestKey).map(({ call, body }) => {
        const method = call.method ?? 'POST'
        return { method, path: call.path ?? wirePath(operation), body: method === 'GET' ? undefined : body }
      }),
  }
}
