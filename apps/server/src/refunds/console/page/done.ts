import type { Notice } from './page-room.ts'

type Say = () => Pick<Notice, 'kind' | 'text'>
const ok =
  (text: () => string): Say =>
  () => ({ kind: 'ok', text: text() })
const warn =
  (text: string): Say =>
  () => ({ kind: 'warn', text })

/** What an action may say when it is done; an address can name one of these and nothing else. */
const DONE = {
  reissued: ok(() => '已用新订单号发起，新旧单号已关联；患者会收到通知，点“接收退款”确认之后到账。'),
  'waits-for-second': ok(() => '申请已提交，等另一位同事复核；同意之前什么都没有发出。'),
  disagreed: ok(() => '已复核：不同意。这笔仍是单边订单，可以退回余额或重新申请。'),
  'given-back': ok(() => '已退回患者的门诊余额。'),
  'giving-back': ok(() => '已确定退回余额，正在请医院解冻；办好之前系统会一直再试。'),
  stranded: warn('医院系统不能冲回这笔扣减，钱仍在途，只能生成新订单号退款。'),
  'abnormal-accepted': ok(() => '微信已受理，同一笔退款改退到患者的银行卡；到账以查询为准，请过后再看。'),
  'abnormal-refused': {
    kind: 'bad',
    text: '微信没有接受这张银行卡，钱没有动。请核对银行代码和卡号，或换一张卡。',
  },
  'abnormal-unknown': warn('还不知道微信有没有受理，请过几分钟刷新；不要换一张卡重复提交。'),
  'topped-up': ok(() => '充值已登记，等资金的退款随即重发。'),
  'balance-noted': ok(() => '余额已登记。'),
  'alarm-seen': ok(() => '已记下您在处理；余额够了，报警会自己消失。'),
  stopped: ok(() => '已停付：从现在起没有一笔新的付款发出。'),
  resumed: ok(() => '已恢复付款，等着的随即发出。'),
} as const satisfies Readonly<Record<string, Say | Pick<Notice, 'kind' | 'text'>>>

/** What an action did, to be told after the way back to the page. */
export interface Done {
  readonly done: keyof typeof DONE
}

export function doneNotice(done: string | undefined): Notice | undefined {
  if (done === undefined || !Object.hasOwn(DONE, done)) return undefined
  const told: Say | Notice = DONE[done as keyof typeof DONE]
  return typeof told === 'function' ? told() : told
}
