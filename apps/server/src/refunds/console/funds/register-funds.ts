import { z } from 'zod'
import { AppError } from '../../../platform/errors/catalogue.ts'
import type { Hospital } from '../../../platform/hospitals/hospitals.ts'
import { answers, neverCached } from '../../../platform/http/answers.ts'
import type { Http } from '../../../platform/http/build-http.ts'
import { wantedHospital } from '../../../platform/operators/wanted-hospital.ts'
import { doneSchema, of, ROOT } from '../api-parts.ts'
import { balanceSchema, reasonSchema as reason, topUpSchema } from '../inputs.ts'
import type { RefundsConsole } from '../routes.ts'
import { changeStop, noteBalance, noteTopUp } from './change-funds.ts'
import { fundsSchema, showFunds } from './show-funds.ts'

const tags = ['运营后台：退款']

/** 付款与资金: what there is, what a person tells of it, and the stop switch. */
export function registerFunds(http: Http, room: RefundsConsole): void {
  http.get(
    `${ROOT}/funds`,
    {
      schema: {
        summary: '付款与资金：运营账户、当天预计需要、报警、停付开关、被挡下的患者、登记过的充值',
        tags,
        querystring: of,
        response: answers(fundsSchema),
      },
      onRequest: [neverCached, room.operators.guard('refunds.read')],
    },
    async (request) => {
      const hospital = wantedHospital(room, room.operators.of(request), request.query.hospital)
      return room.database.inTransaction(hospital.id, (tx) => showFunds(tx, room, hospital))
    },
  )

  http.post(
    `${ROOT}/funds/top-up`,
    {
      schema: {
        summary: '登记运营账户充值；等资金的退款随即重发',
        tags,
        body: of.extend(topUpSchema.shape),
        response: answers(doneSchema),
      },
      onRequest: [room.operators.guard('refunds.funds')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: operator } = who
      const { hospital: name, amountFen } = request.body
      const hospital = wantedHospital(room, who, name)
      requireTransfers(hospital)
      await noteTopUp(room, { hospitalId: hospital.id, operator }, amountFen)
      return { state: 'noted' }
    },
  )

  http.post(
    `${ROOT}/funds/balance`,
    {
      schema: {
        summary: '登记运营账户此刻的余额（商户平台上看到的）',
        tags,
        body: of.extend(balanceSchema.shape),
        response: answers(doneSchema),
      },
      onRequest: [room.operators.guard('refunds.funds')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: operator } = who
      const { hospital: name, balanceFen } = request.body
      const hospital = wantedHospital(room, who, name)
      requireTransfers(hospital)
      await noteBalance(room, { hospitalId: hospital.id, operator }, balanceFen)
      return { state: 'noted' }
    },
  )

  http.post(
    `${ROOT}/stop`,
    {
      schema: {
        summary: '停付开关：停下之后没有一笔新的付款发出，已发出的照样查询',
        tags,
        body: of.extend({ stopped: z.boolean(), reason }),
        response: answers(doneSchema),
      },
      onRequest: [room.operators.guard('refunds.stop')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: operator } = who
      const { stopped, reason: why, hospital: name } = request.body
      await changeStop(
        room,
        { hospitalId: wantedHospital(room, who, name).id, operator },
        { stopped, reason: why },
      )
      return { state: stopped ? 'stopped' : 'running' }
    },
  )
}

function requireTransfers({ wechatPay }: Hospital): void {
  if (!wechatPay?.transfer)
    throw new AppError('refund-closed', { zh: '这家医院没有配置商家转账，没有运营账户可以登记。' })
}
