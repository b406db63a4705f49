import type { HospitalId } from '@zhangyi/core'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError, badInput } from '../../platform/errors/catalogue.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { errorBodySchema } from '../../platform/http/error-body.ts'
import type { Platform } from '../../platform/platform.ts'
import { SignatureCheck } from './check-signature.ts'
import { Gatherer } from './gatherer.ts'
import { type IntakeSystem, loadIntakeSystems } from './intake-systems.ts'
import { EVENT_KEY, isProblem } from './read-event.ts'
import { type Taken, type Told, takeEvents } from './take-events.ts'
import type { ToldEvent } from './told-event.ts'

const MAX_EVENTS = 1_000
// A thousand events of a usual length are a third of it.
const MAX_BODY_BYTES = 1024 * 1024
/** Of what came meanwhile, by so many events a transaction. */
const EVENTS_AT_ONCE = 2_000
const MOST_EVENTS_WAITING = 20_000
/** One being committed while the next is being made. */
const LANES = 2
const WORTH_A_LANE = 300

const resultSchema = z.enum(['accepted', 'duplicate', 'refused', 'parked', 'no-card'])
const oneSchema = z.object({
  result: resultSchema.describe(
    'accepted 收下；duplicate 同一个 key 收过；parked 收下，等科室对应；no-card 收下，没有可报的卡；refused 没有收',
  ),
  field: z.string().optional(),
  message: z.string().optional(),
})
const batchSchema = z.object({
  ...{ accepted: z.number(), duplicate: z.number(), refused: z.number(), parked: z.number() },
  noCard: z.number(),
  refusals: z.array(
    z.object({
      index: z.number().describe('在 events 里的位置，从 0 起'),
      ...{ key: z.string().nullable(), field: z.string(), message: z.string() },
    }),
  ),
})
type BatchAnswer = z.infer<typeof batchSchema>

export type IntakeRoom = Pick<Platform, 'clock' | 'cipher' | 'database' | 'hospitals' | 'log'>

/**
 * 其他系统推送的用卡事件. Signed over the very bytes. Outside of the general limit of requests, which is a patient's; its
 * own limits are the body and the events that wait. What is answered is committed.
 */
export function registerIntakeRoutes(http: Http, room: IntakeRoom): void {
  const signatures = new SignatureCheck(room.clock, loadIntakeSystems(room.hospitals, room.cipher))
  const gatherers = gatherersOf(room)
  http.register(async (raw: Http) => {
    raw.removeAllContentTypeParsers()
    raw.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    // Events are rows; a line for each request would cost more than the row.
    const route = { bodyLimit: MAX_BODY_BYTES, config: { rateLimit: false }, logLevel: 'warn' } as const
    const tags = ['用卡数据推送']
    raw.post(
      '/api/v1/usage/events',
      {
        ...route,
        schema: {
          ...{ summary: '推送一个用卡事件（其他系统调用，验签）', tags },
          response: { 200: oneSchema, '4xx': errorBodySchema, '5xx': errorBodySchema },
        },
      },
      async (request) => {
        const { system, input } = open(room, signatures, request)
        const read = system.rules.read(input, room.clock.nowMs())
        if (isProblem(read)) return { result: 'refused' as const, ...read }
        const [taken] = await take(gatherers, system, [read])
        if (!taken) throw new Error('every event has an answer')
        return taken
      },
    )
    raw.post(
      '/api/v1/usage/events/batch',
      {
        ...route,
        schema: {
          ...{ summary: '推送一批用卡事件：{"events": [1 至 1000 个]}，一个不对不影响其他的', tags },
          response: { 200: batchSchema, '4xx': errorBodySchema, '5xx': errorBodySchema },
        },
      },
      async (request) => {
        const { system, input } = open(room, signatures, request)
        return takeBatch(room, gatherers, system, eventsIn(input))
      },
    )
  })
}

/** What came with one request, and what became of each. */
type Gatherers = ReadonlyMap<HospitalId, Gatherer<readonly Told[], readonly Taken[]>>

function gatherersOf({ database, cipher, clock, hospitals }: IntakeRoom): Gatherers {
  return new Map(
    hospitals.all.map((hospital) => [
      hospital.id,
      new Gatherer<readonly Told[], readonly Taken[]>({
        ...{ mostAtOnce: EVENTS_AT_ONCE, mostWaiting: MOST_EVENTS_WAITING },
        ...{ lanes: LANES, worthALane: WORTH_A_LANE },
        weigh: (told) => told.length,
        work: async (requests) => {
          const taken = await database.inTransaction(hospital.id, (tx) =>
            takeEvents(tx, cipher, hospital, requests.flat(), clock.nowMs()),
          )
          let end = 0
          return requests.map(({ length }) => {
            end += length
            return taken.slice(end - length, end)
          })
        },
      }),
    ]),
  )
}

function take(
  gatherers: Gatherers,
  { hospital, systemId }: IntakeSystem,
  events: readonly ToldEvent[],
): Promise<readonly Taken[]> {
  const gatherer = gatherers.get(hospital.id)
  if (!gatherer) throw new Error('every hospital has a gatherer')
  return gatherer.add(events.map((event) => ({ systemId, event })))
}

/** Who pushes, and what; nothing is read before the signature is known to be right. */
function open(
  room: IntakeRoom,
  signatures: SignatureCheck,
  request: FastifyRequest,
): { readonly system: IntakeSystem; readonly input: unknown } {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const { method, headers } = request
  const system = checked(room, () => signatures.check({ method, path: request.raw.url ?? '', headers, body }))
  try {
    return { system, input: JSON.parse(body.toString('utf8')) }
  } catch {
    throw badInput({ field: 'body', message: '正文不是 JSON（UTF-8）' })
  }
}

function checked(room: IntakeRoom, check: () => IntakeSystem): IntakeSystem {
  try {
    return check()
  } catch (error) {
    if (error instanceof AppError) room.log.warn({ why: error.zh }, 'pushed usage events refused')
    throw error
  }
}

function eventsIn(input: unknown): readonly unknown[] {
  const events = typeof input === 'object' && input !== null && 'events' in input ? input.events : undefined
  if (!Array.isArray(events) || events.length === 0 || events.length > MAX_EVENTS)
    throw badInput({ field: 'events', message: `events 是 1 至 ${MAX_EVENTS} 个事件的数组` })
  return events
}

async function takeBatch(
  room: IntakeRoom,
  gatherers: Gatherers,
  system: IntakeSystem,
  inputs: readonly unknown[],
): Promise<BatchAnswer> {
  const nowMs = room.clock.nowMs()
  const read = inputs.map((input) => system.rules.read(input, nowMs))
  const told = read.filter((event): event is ToldEvent => !isProblem(event))
  const taken = told.length === 0 ? [] : await take(gatherers, system, told)
  const answer: BatchAnswer = { accepted: 0, duplicate: 0, refused: 0, parked: 0, noCard: 0, refusals: [] }
  let next = 0
  for (const [index, event] of read.entries()) {
    const one: Taken = isProblem(event) ? { result: 'refused', ...event } : (taken[next++] as Taken)
    answer[one.result === 'no-card' ? 'noCard' : one.result]++
    if (one.result === 'refused')
      answer.refusals.push({ index, key: keyIn(inputs[index]), field: one.field, message: one.message })
  }
  return answer
}

/** Only of the form that a key has: anything else could be about a patient. */
function keyIn(input: unknown): string | null {
  const key = typeof input === 'object' && input !== null && 'key' in input ? input.key : undefined
  return typeof key === 'string' && EVENT_KEY.test(key) ? key : null
}
