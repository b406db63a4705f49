import type { Hospital } from '../platform/hospitals/hospitals.ts'
import { callbackOptions } from './callback/callback-options.ts'
import type { NoticesRoom } from './room.ts'

/** 退费消息: what is configured but cannot work. No notice is worth a server that does not start. */
export function registerNoticesCheck(room: NoticesRoom): void {
  room.checks.register({
    name: 'notices.channels',
    zh: '退费消息的渠道、应用和回调密钥齐全',
    level: 'advice',
    run: async () => {
      const problems = room.hospitals.all.flatMap((hospital) =>
        problemsOf(room, hospital).map((problem) => `${hospital.id}：${problem}`),
      )
      return problems.length === 0 ? { ok: true } : { ok: false, zh: problems.join('；') }
    },
  })
}

function problemsOf(room: NoticesRoom, hospital: Hospital): readonly string[] {
  const { notices, wechat } = hospital
  const isSetUp = notices.order.some((channel) => notices[channel] !== undefined)
  return [
    ...(isSetUp
      ? []
      : ['没有配置任何消息渠道，患者收不到退款通知（notices.assistant / template / subscribe）']),
    ...((notices.assistant || notices.template) && !wechat.officialAccount
      ? ['就医助手和模板消息需要 wechat.officialAccount']
      : []),
    ...(notices.subscribe && !wechat.miniProgram ? ['订阅消息需要 wechat.miniProgram'] : []),
    ...(notices.template && !notices.callback ? ['没有配置 notices.callback，不知道模板消息有没有送达'] : []),
    ...callbackProblem(room, hospital),
  ]
}

function callbackProblem(room: NoticesRoom, hospital: Hospital): readonly string[] {
  try {
    const options = callbackOptions(room, hospital)
    const isGood = options === undefined || /^[0-9A-Za-z]{43}$/.test(options.encodingAesKey)
    return isGood ? [] : ['EncodingAESKey 应为 43 位字母或数字']
  } catch {
    return ['读不到 notices.callback 的 Token 或 EncodingAESKey 文件']
  }
}
