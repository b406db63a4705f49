import { type Answer, ok, refusal } from './answer.ts'
import { fakeTrace } from './rows.ts'
import { NOW_MS, type World } from './world.ts'

const QUEUES = [
  ['payments.resolve', '支付和转账：查清结果，处理回调', 3, 1, 0],
  ['refunds.run-due', '退款：冻结、付款、核销、解冻', 0, 0, 2],
  ['usage.deliver', '用卡数据：上报', 128, 1, 0],
  ['notices.deliver', '退费消息：发送和送达结果', 0, 0, 0],
  ['platform.exports', '导出：写文件和到期删除', 0, 0, 0],
] as const

const CALLBACKS = [
  ['wechat-pay', 'MCHTRANSFER.BILL.FINISHED', 'good', 'handled', ''],
  ['wechat-pay', 'TRANSACTION.SUCCESS', 'good', 'duplicate', ''],
  ['weixin', 'TEMPLATESENDJOBFINISH', 'good', 'handled', ''],
  ['wechat-pay', '', 'bad', 'refused', 'probe'],
  ['health-card', 'health-code', 'none', 'refused', 'code-refused'],
] as const

export function backgroundAnswer(world: World, asked: string, url: URL): Answer | undefined {
  const retried = /^POST \/jobs\/([\w-]+)\/retry$/.exec(asked)?.[1]
  if (retried !== undefined) {
    world.failedJobs = world.failedJobs.filter((id) => id !== retried)
    return ok({})
  }
  const callback = /^GET \/callbacks\/(\d+)$/.exec(asked)?.[1]
  if (callback !== undefined) return ok(detailOf(Number(callback)))
  if (/^POST \/calls\/\d+\/requery$/.test(asked))
    return ok({
      ...{ outcome: 'yes', code: '', traceId: fakeTrace(900) },
      facts: { state: 'SUCCESS', amountFen: 38_650, failReason: null },
    })
  switch (asked) {
    case 'GET /jobs':
      return ok({ queues: QUEUES.map((one) => queueOf(one, world.failedJobs.length)) })
    case 'GET /jobs/failed':
      return ok({ jobs: world.failedJobs.map(failedOf) })
    case 'GET /callbacks': {
      const outcome = url.searchParams.get('outcome')
      const all = Array.from({ length: 20 }, (_, index) => callbackOf(index))
      return ok({ callbacks: all.filter((one) => !outcome || one.outcome === outcome) })
    }
    default:
      return asked.includes(' /jobs') || asked.includes(' /callbacks')
        ? refusal(404, 'not-found', '没有找到这个页面或记录，请返回首页。')
        : undefined
  }
}

function queueOf([name, zh, waiting, active, failed]: (typeof QUEUES)[number], left: number) {
  return {
    ...{ name, zh, waiting, active, failed: failed > 0 ? left : 0, lastState: 'completed' },
    ...{ lastAtMs: Date.now() - 20_000, everyMinutes: 1, nextAtMs: Date.now() + 40_000 },
  }
}

function failedOf(id: string) {
  return {
    ...{ id, queue: 'refunds.run-due', zh: '退款：冻结、付款、核销、解冻', problem: 'HisError', tries: 3 },
    ...{ createdAtMs: NOW_MS - 90_000, failedAtMs: NOW_MS },
  }
}

function callbackOf(index: number) {
  const [platform, kind, signature, outcome, code] = CALLBACKS[index % CALLBACKS.length] ?? CALLBACKS[0]
  return {
    ...{
      id: `${500 - index}`,
      receivedAtMs: NOW_MS - index * 61_000,
      platform,
      kind,
      signature,
      outcome,
      code,
    },
    number: outcome === 'refused' && platform === 'wechat-pay' ? '' : `ZYT20261128${1_000 + index}`,
    traceId: fakeTrace(index),
  }
}

function detailOf(id: number) {
  const one = callbackOf(500 - id)
  const facts =
    one.outcome === 'refused'
      ? {}
      : {
          outBillNo: one.number,
          transferBillNo: '1330000071100999991182020050700019480101',
          state: 'SUCCESS',
          amountFen: 38_650,
          failReason: null,
        }
  return { ...one, facts }
}
