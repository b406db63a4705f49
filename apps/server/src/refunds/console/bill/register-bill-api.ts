import { isRealDate } from '@zhangyi/core'
import { z } from 'zod'
import { answers } from '../../../platform/http/answers.ts'
import type { Http } from '../../../platform/http/build-http.ts'
import { wantedHospital } from '../../../platform/operators/wanted-hospital.ts'
import { doneSchema, of, ROOT } from '../api-parts.ts'
import { reasonSchema as reason } from '../inputs.ts'
import type { RefundsConsole } from '../routes.ts'
import { decideBill, settleLegByBill } from './settle-leg-by-bill.ts'

const tags = ['运营后台：退款']
const params = z.object({ id: z.string().min(1).max(64) })
const day = z.string().refine(isRealDate, '日期写成 年-月-日')

const factsSchema = z
  .object({
    paid: z.boolean().describe('账单里有没有这一笔付款'),
    billFrom: day.describe('查的是哪一天的资金账单；没有付的，从哪一天'),
    billTo: day.describe('到哪一天；付了的和上一项相同'),
    billLine: z.int().min(1).max(10_000_000).nullable().describe('账单的第几行；没有付的为空'),
    ...{ reason, ...of.shape },
  })
  .refine(({ paid, billLine }) => paid === (billLine !== null), {
    ...{ path: ['billLine'], message: '付了的请写账单的第几行，没有付的不写' },
  })
  .refine(({ paid, billFrom, billTo }) => (paid ? billFrom === billTo : billFrom <= billTo), {
    ...{ path: ['billTo'], message: '付了的只写那一天的账单；没有付的，结束不能早于开始' },
  })

/** 按账单定结果: of transfers that WeChat answers no queries of any more. */
export function registerBillApi(http: Http, room: RefundsConsole): void {
  http.post(
    `${ROOT}/legs/:id/bill`,
    {
      schema: {
        summary: '超过 30 天没有结果的转账，按运营账户资金账单定结果：先再向微信查询；超过金额要第二个人复核',
        ...{ tags, params, body: factsSchema, response: answers(doneSchema) },
      },
      onRequest: [room.operators.guard('refunds.bill')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: by } = who
      const { hospital, ...facts } = request.body
      const wanted = wantedHospital(room, who, hospital).id
      const done = await settleLegByBill(room, wanted, { legId: request.params.id, by, ...facts })
      return { state: done.state }
    },
  )
  http.post(
    `${ROOT}/legs/:id/bill/decision`,
    {
      schema: {
        summary: '复核按账单提出的结果；不能是提出的人自己',
        ...{ tags, params, body: of.extend({ agrees: z.boolean() }), response: answers(doneSchema) },
      },
      onRequest: [room.operators.guard('refunds.bill')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: by } = who
      const { agrees, hospital } = request.body
      const done = await decideBill(room, wantedHospital(room, who, hospital).id, {
        ...{ legId: request.params.id, by, agrees },
      })
      return { state: done?.state ?? 'refused' }
    },
  )
}
