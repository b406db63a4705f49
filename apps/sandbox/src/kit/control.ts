import { MINUTE_MS } from '@zhangyi/core'
import fastify, { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { GENERAL_FAULTS } from './apply-general-faults.ts'
import { controlPage } from './control-page.ts'
import type { ManualOffsetClock } from './sandbox-clock.ts'
import type { Simulator } from './simulator.ts'

/** The longest that a fault has by itself: `notify-late`. */
const MAX_DELAY_MS = 10 * MINUTE_MS

const faultSchema = z.strictObject({
  kind: z.string().min(1),
  operation: z.string().optional(),
  delayMs: z.number().int().min(0).max(MAX_DELAY_MS).optional(),
  probability: z.number().gt(0).max(1).optional(),
  seed: z.number().int().optional(),
  times: z.number().int().min(1).max(10_000).optional(),
})
const clockSchema = z.union([
  z.strictObject({ advanceMs: z.number().int() }),
  z.strictObject({ setTo: z.iso.datetime({ offset: true }) }),
])

export interface ControlOptions {
  readonly simulators: readonly { readonly simulator: Simulator; readonly baseUrl: string }[]
  readonly clock: ManualOffsetClock
  /** Host names under which the control answers; others are refused (DNS rebinding). */
  readonly hosts?: readonly string[]
}

/** The sandbox's control: platforms and their credentials, faults, clock, received calls; and a page for people. */
export function buildControl({
  simulators,
  clock,
  hosts = ['127.0.0.1', 'localhost'],
}: ControlOptions): FastifyInstance {
  const control = fastify({ logger: false })
  control.addHook('onRequest', async (request, reply) => {
    const origin = request.headers.origin
    const ours = hosts.includes(request.hostname) && (origin === undefined || hosts.includes(hostOf(origin)))
    if (!ours) return reply.status(403).send({ error: 'the sandbox control answers only to this machine' })
  })
  control.setErrorHandler((error: Error, _request, reply) => {
    if (error instanceof z.ZodError) return reply.status(400).send({ error: z.prettifyError(error) })
    // Simulators throw a RangeError for a number or a name that they do not have.
    return reply.status(error instanceof RangeError ? 400 : 500).send({ error: error.message })
  })
  const find = (name: string) => simulators.find(({ simulator }) => simulator.name === name)?.simulator

  control.get('/', (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(controlPage(simulators, clock.nowMs())),
  )
  control.get('/platforms', () =>
    Object.fromEntries(
      simulators.map(({ simulator, baseUrl }) => [simulator.name, { baseUrl, ...simulator.credentials }]),
    ),
  )
  control.get('/clock', () => ({ now: new Date(clock.nowMs()).toISOString() }))
  control.post('/clock', (request) => {
    const wanted = clockSchema.parse(request.body)
    if ('advanceMs' in wanted) clock.advance(wanted.advanceMs)
    else clock.set(Date.parse(wanted.setTo))
    return { now: new Date(clock.nowMs()).toISOString() }
  })

  type Named = { Params: { name: string } }
  control.get<Named>(
    '/platforms/:name/calls',
    (request, reply) => find(request.params.name)?.calls ?? missing(reply),
  )
  control.get<Named>(
    '/platforms/:name/faults',
    (request, reply) => find(request.params.name)?.faults.list() ?? missing(reply),
  )
  control.post<Named>('/platforms/:name/faults', (request, reply) => {
    const simulator = find(request.params.name)
    if (!simulator) return missing(reply)
    const fault = faultSchema.parse(request.body)
    const known = [GENERAL_FAULTS, simulator.ownFaults].some((kinds) => Object.hasOwn(kinds, fault.kind))
    if (!known && !simulator.acceptsFault?.(fault.kind))
      return reply.status(400).send({
        error: `unknown fault; known: ${[...Object.keys(GENERAL_FAULTS), ...Object.keys(simulator.ownFaults)].join(', ')}`,
      })
    simulator.faults.order(fault)
    return reply.status(201).send(simulator.faults.list())
  })
  control.delete<Named>('/platforms/:name/faults', (request, reply) => {
    const simulator = find(request.params.name)
    if (!simulator) return missing(reply)
    simulator.faults.clear()
    return reply.status(204).send()
  })
  control.post<{ Params: { name: string; action: string } }>(
    '/platforms/:name/actions/:action',
    (request, reply) => {
      const action = find(request.params.name)?.actions[request.params.action]
      return action ? action((request.body ?? {}) as Record<string, unknown>) : missing(reply)
    },
  )
  return control
}

function missing(reply: import('fastify').FastifyReply) {
  return reply.status(404).send({ error: 'no such platform or action' })
}

function hostOf(origin: string): string {
  try {
    return new URL(origin).hostname
  } catch {
    return ''
  }
}
