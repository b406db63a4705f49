import {
  channelAdvice,
  type MessageAction,
  type MessageAdvice,
  subscribeAdvice,
  templateAdvice,
} from '@zhangyi/wechat'
import type { NoticeChannel } from '../../platform/hospitals/notices-config.ts'

/** Why a channel did not take a notice, where WeChat was not even asked or told it by an event. */
export const NO_OPENID = 'no-openid'
export const BLOCKED = 'blocked'
export const SYSTEM_FAILED = 'system-failed'
/** Followed by the field and what is wrong with its text. */
export const INPUT = 'input'
export const NO_CHANNEL = 'no-channel'
/** Nobody can say whether WeChat took it. */
export const NO_ANSWER = 'no-answer'

const ADVISERS: Readonly<Record<NoticeChannel, (code: string) => MessageAdvice>> = {
  assistant: channelAdvice,
  template: templateAdvice,
  subscribe: subscribeAdvice,
}

const CHANNEL_NAMES: Readonly<Record<NoticeChannel, string>> = {
  assistant: '就医助手',
  template: '模板消息',
  subscribe: '订阅消息',
}

export function channelName(channel: NoticeChannel): string {
  return CHANNEL_NAMES[channel]
}

const OWN_WORDS: Readonly<Record<string, string>> = {
  [NO_OPENID]: '没有这位用户在该应用里的标识',
  [BLOCKED]: '用户拒收公众号消息',
  [SYSTEM_FAILED]: '微信告知发送失败',
  [INPUT]: '内容放不进模板字段，请检查模板配置',
  [NO_CHANNEL]: '没有配置可用的消息渠道',
  [NO_ANSWER]: '微信没有答复，不知道有没有发出，不再用别的渠道',
}

/** What the refusal asks for; what WeChat was not asked or told by an event ends the channel. */
export function actionOf(channel: NoticeChannel, code: string): MessageAction {
  return ownWords(code) === undefined ? ADVISERS[channel](code).action : 'fall-back'
}

// That a person wants no messages of a template is 43101 on every channel, whatever the channel's own table says.
const OF_THE_PERSON: readonly string[] = [NO_OPENID, BLOCKED, '40003', '43004', '43019', '43101']

/** Nobody has anything to mend: the channel does not lead to this person. */
export function isOfThePerson(code: string): boolean {
  return OF_THE_PERSON.includes(code)
}

/** What failed for one would fail for everybody: the text of one person, or one delivery of WeChat's, is not that. */
export function isOfEverybody(problem: string): boolean {
  const code = problem.split(' ')[1] ?? ''
  return code !== SYSTEM_FAILED && !code.startsWith(INPUT) && !isOfThePerson(code)
}

export function problemOf(channel: NoticeChannel, code: string): string {
  return `${channel} ${code}`
}

/** A stored problem, for the operator. */
export function problemWords(problem: string): string {
  const [first = '', code = first] = problem.split(' ')
  const channel = Object.hasOwn(CHANNEL_NAMES, first) ? (first as NoticeChannel) : undefined
  if (channel === undefined) return ownWords(first) ?? first
  return `${CHANNEL_NAMES[channel]}：${ownWords(code) ?? ADVISERS[channel](code).zh}（${code}）`
}

function ownWords(code: string): string | undefined {
  const name = code.split(':')[0] ?? ''
  return Object.hasOwn(OWN_WORDS, name) ? OWN_WORDS[name] : undefined
}
