import fastify from 'fastify'
import { expect, test } from 'vitest'
import { applyGeneralFaults } from './apply-general-faults.ts'
import { Faults } from './faults.ts'

test('an answer without a body is cut to nothing: the work was done and the call is told', async () => {
  const faults = new Faults()
  const app = fastify()
  const told: string[] = []
  app.get('/', async (_request, reply) => {
    const { result } = await applyGeneralFaults(faults, 'close', reply, () => {
      reply.status(204)
      told.push('done')
      return undefined
    })
    told.push(result)
    return reply
  })
  faults.order({ kind: 'malformed-json', times: 1 })
  await app.inject('/')
  expect(told).toEqual(['done', 'malformed-json'])
})
