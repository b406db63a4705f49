import type { CheckResult } from '../../platform/checks/checks.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { hisRefunds, type RefundsRoom } from '../room.ts'
import { PROOFS } from './proofs.ts'

/** 预交金退款: what a hospital that gives deposits back needs, and what a person has to prove beside. */
export function registerRefundsChecks(room: RefundsRoom): void {
  const refunding = room.hospitals.all.filter(
    ({ wechatPay, refunds }) => wechatPay && (refunds.original.open || refunds.face.open),
  )
  for (const hospital of refunding) {
    const { id, name } = hospital
    room.checks.register({
      name: `refunds.his.${id}`,
      zh: `${name}：看 HIS 接口提供什么（不联网）：有余额查询（balances），并有冻结退款（deposits）或一步退款（deductions）即通过`,
      level: 'advice',
      hospitalId: id,
      run: async () => checkHis(room, hospital),
    })
    room.checks.register({
      name: `refunds.transfer.${id}`,
      zh: `${name}：看商家转账的配置（不联网）：人脸核验退款开放时有 wechatPay.transfer 即通过；场景、报备文字的写法由“微信支付的密钥文件和通知地址可用”一项试做一笔来检查`,
      level: 'advice',
      hospitalId: id,
      run: async () => checkTransfer(hospital),
    })
    for (const { zh, where, when } of PROOFS)
      if (when(hospital)) room.checks.addProof({ zh: `${name}：${zh}`, where, hospitalId: id })
  }
}

function checkHis(room: RefundsRoom, hospital: Hospital): CheckResult {
  const missing = [
    ...(room.clients.his(hospital).balances ? [] : ['余额查询（balances）']),
    ...(hisRefunds(room, hospital) ? [] : ['冻结退款（deposits）或一步退款（deductions）']),
  ]
  if (missing.length === 0) return { ok: true }
  return { ok: false, zh: `HIS 没有${missing.join('，也没有')}：网上退款不开放，患者只能到窗口办理` }
}

function checkTransfer({ refunds, wechatPay }: Hospital): CheckResult {
  if (!refunds.face.open) return { ok: true, zh: '没有开放人脸核验退款' }
  if (wechatPay?.transfer) return { ok: true }
  return {
    ok: false,
    zh: '没有配置 wechatPay.transfer，人脸核验退款不会开放；确实不用时请设 refunds.face.open 为 false',
  }
}
