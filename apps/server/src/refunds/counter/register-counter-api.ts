import { sensitive } from '@zhangyi/core'
import { z } from 'zod'
import { answers, neverCached } from '../../platform/http/answers.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { wantedHospital } from '../../platform/operators/wanted-hospital.ts'
import { of } from '../console/api-parts.ts'
import type { RefundsConsole } from '../console/routes.ts'
import { lookUpAtCounter } from './look-up.ts'

const counterSchema = z.object({
  refunds: z.array(
    z.object({
      ...{ caseId: z.string(), createdAtMs: z.int() },
      name: z.string().describe('遮盖之后的姓名'),
      card: z.string().describe('就诊卡末四位；没有卡的为空'),
      lines: z.array(
        z.object({
          legId: z.string(),
          sentence: z.string().describe('这笔钱怎么样了，一句话'),
          next: z.string().describe('告诉患者接下来怎么办'),
          tone: z.enum(['ok', 'info', 'warn', 'bad', 'plain']),
        }),
      ),
    }),
  ),
  more: z.boolean().describe('还有更早的，没有列出'),
  hospital: z.object({ name: z.string(), phone: z.string(), counter: z.string() }),
  atMs: z.int(),
})

/** 窗口查询. The number goes in the body: addresses are written into logs and histories. */
export function registerCounterApi(http: Http, room: RefundsConsole): void {
  http.post(
    '/api/v1/console/counter/refunds',
    {
      schema: {
        summary: '按就诊卡号或证件号查这位患者的退款，每笔一句话；谁看过记入审计',
        tags: ['运营后台：窗口查询'],
        body: of.extend({
          number: z
            .string()
            .trim()
            .min(3, '请刷就诊卡，或输入就诊卡号、身份证号')
            .max(40, '号码太长，请核对')
            .describe('就诊卡号或证件号'),
        }),
        response: answers(counterSchema),
      },
      onRequest: [neverCached, room.operators.guard('counter.read')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id, name, phone, counter } = wantedHospital(room, who, request.body.hospital)
      const number = sensitive(request.body.number)
      const { refunds, more } = await lookUpAtCounter(room, id, { number, by: who.id })
      const shown = refunds.map(({ lines, ...one }) => ({ ...one, lines: [...lines] }))
      return { refunds: shown, more, hospital: { name, phone, counter }, atMs: room.clock.nowMs() }
    },
  )
}
