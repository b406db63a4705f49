import { z } from 'zod'
import type { Platform } from '../platform.ts'
import type { Http } from './build-http.ts'

const reportSchema = z.object({
  ready: z.boolean(),
  checks: z.array(
    z.object({ name: z.string(), zh: z.string(), ok: z.boolean(), problem: z.string().optional() }),
  ),
})

/** `GET /healthz`: the process lives. `GET /readyz`: everything it needs to serve patients is there. */
export function registerHealthRoutes(http: Http, { checks, database }: Platform): void {
  checks.register({
    name: 'platform.database',
    zh: '数据库可以读写',
    level: 'ready',
    run: async () => {
      await database.ping()
      return { ok: true }
    },
  })
  http.get(
    '/healthz',
    {
      schema: {
        summary: '进程存活',
        tags: ['运行状态'],
        response: { 200: z.object({ alive: z.literal(true) }) },
      },
    },
    () => ({ alive: true as const }),
  )
  http.get(
    '/readyz',
    {
      schema: {
        summary: '可以为患者服务',
        tags: ['运行状态'],
        response: { 200: reportSchema, 503: reportSchema },
      },
    },
    async (_request, reply) => {
      const reports = await checks.run('ready')
      const ready = reports.every(({ ok }) => ok)
      return reply.status(ready ? 200 : 503).send({ ready, checks: [...reports] })
    },
  )
}
