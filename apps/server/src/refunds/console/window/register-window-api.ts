import { z } from 'zod'
import { answers } from '../../../platform/http/answers.ts'
import type { Http } from '../../../platform/http/build-http.ts'
import { wantedHospital } from '../../../platform/operators/wanted-hospital.ts'
import { doneSchema, of, ROOT } from '../api-parts.ts'
import { reasonSchema as reason } from '../inputs.ts'
import type { RefundsConsole } from '../routes.ts'
import { askWindow, decideWindow } from './pay-at-window.ts'

const tags = ['运营后台：退款']
const params = z.object({ id: z.string().min(1).max(64) })
const factsSchema = of.extend({
  how: z.enum(['cash', 'bank-transfer'], { error: '请选择现金或银行转账' }).describe('怎样付的'),
  voucher: z
    .string()
    .trim()
    .regex(/^[\w\-/]{2,40}$/, '凭证号只能有字母、数字、- 和 /')
    .describe('窗口收据号或银行回单号；一个凭证号只付一笔'),
  paidOn: z.iso.date('日期写成 年-月-日').describe('哪一天付的'),
  reason,
})

/** 窗口付讫: of what WeChat did not pay and the HIS cannot take back. */
export function registerWindowApi(http: Http, room: RefundsConsole): void {
  http.post(
    `${ROOT}/legs/:id/window`,
    {
      schema: {
        summary:
          '窗口付讫：医院系统不能退回余额的单边订单，已在窗口付给患者；先向微信查询，另一个人复核之后才算数',
        ...{ tags, params, body: factsSchema, response: answers(doneSchema) },
      },
      onRequest: [room.operators.guard('refunds.window')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: by } = who
      const { hospital, ...facts } = request.body
      const wanted = wantedHospital(room, who, hospital).id
      await askWindow(room, wanted, { legId: request.params.id, by, ...facts })
      return { state: 'waiting' }
    },
  )
  http.post(
    `${ROOT}/legs/:id/window/decision`,
    {
      schema: {
        summary: '复核窗口付讫；不能是提出的人自己；同意时再向微信查询一次，之后不能再付',
        ...{ tags, params, body: of.extend({ agrees: z.boolean() }), response: answers(doneSchema) },
      },
      onRequest: [room.operators.guard('refunds.window')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: by } = who
      const { agrees, hospital } = request.body
      const wanted = wantedHospital(room, who, hospital).id
      return { state: await decideWindow(room, wanted, { legId: request.params.id, by, agrees }) }
    },
  )
}
