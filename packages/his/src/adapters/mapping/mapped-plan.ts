import { type Clock, formatShanghai } from '@zhangyi/core'
import type { HisOperation } from '../../operations.ts'
import { ExchangeFailure } from '../call/exchange-failure.ts'
import type { Plan } from '../call/plan.ts'
import { OPERATION_SHAPES } from '../shapes/operation-shapes.ts'
import { nothing, type Shape } from '../shapes/shape.ts'
import { type Filled, fillTemplate, type Scope, valueAt } from './fill-template.ts'
import { judgeReply, replyRules } from './judge-reply.ts'
import type { CallTarget, HisMapping, OperationMapping, Template } from './mapping-schema.ts'

// Both forms of one resident ID are two; more is a mistake.
const MAX_QUESTIONS = 10

/** What a transport sends: where to, and the members of the request. */
export interface MappedQuestion {
  readonly call: CallTarget
  readonly body: Readonly<Record<string, Filled>>
}

export interface MappedPlanOptions {
  /** For `{settings.…}`: hospital code, operator, password. */
  readonly settings: Readonly<Record<string, string>>
  readonly clock: Clock
}

/** One operation, asked and understood as the mapping says; knows no protocol. */
export function mappedPlan(
  mapping: HisMapping,
  name: HisOperation,
  operation: OperationMapping,
  { settings, clock }: MappedPlanOptions,
): Plan<MappedQuestion> {
  const shape: Shape = name === 'probe' ? nothing : OPERATION_SHAPES[name].output
  const rules = replyRules(mapping, operation)
  const { each } = operation
  return {
    distinctBy: each === undefined ? undefined : operation.distinctBy,
    ask: (input, requestKey) => {
      const now = `${formatShanghai(clock.nowMs()).replace(' ', 'T')}+08:00`
      const scope: Scope = { ...input, requestKey, now, settings }
      const scopes =
        each === undefined ? [scope] : eachOf(scope, each).map((one) => ({ ...scope, each: one }))
      return scopes.map((one) => ({ call: operation.call, body: bodyOf(mapping, operation, one) }))
    },
    judge: (reply, input) =>
      judgeReply(rules, operation, shape, reply, { mapping, scope: { ...input, settings } }),
  }
}

function eachOf(scope: Scope, path: string): readonly unknown[] {
  const elements = valueAt(scope, path)
  if (!Array.isArray(elements)) throw new ExchangeFailure('nothing-to-ask')
  if (elements.length > MAX_QUESTIONS) throw new ExchangeFailure('too-many-questions')
  return elements
}

function bodyOf(
  mapping: HisMapping,
  operation: OperationMapping,
  scope: Scope,
): Readonly<Record<string, Filled>> {
  const template = wholeRequest(mapping, operation)
  return (fillTemplate(template, scope, mapping.absent) ?? {}) as Readonly<Record<string, Filled>>
}

/** The operation's own members come before the common ones. */
export function wholeRequest(
  { common }: Pick<HisMapping, 'common'>,
  { request = {} }: OperationMapping,
): Readonly<Record<string, Template>> {
  return { ...common, ...(request as Readonly<Record<string, Template>>) }
}
