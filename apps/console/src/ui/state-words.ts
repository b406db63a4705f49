export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'plain'

interface Word {
  readonly text: string
  readonly tone: Tone
}

/** The one dictionary of states: the same word in the same colour on every page. */
export const STATE_WORDS = {
  call: {
    yes: { text: '成功', tone: 'ok' },
    no: { text: '对方拒绝', tone: 'bad' },
    unknown: { text: '结果未知', tone: 'warn' },
  },
  account: {
    waiting: { text: '待批准', tone: 'info' },
    active: { text: '正常', tone: 'ok' },
    locked: { text: '已锁定', tone: 'warn' },
    disabled: { text: '已停用', tone: 'plain' },
  },
  key: {
    good: { text: '可用', tone: 'ok' },
    ending: { text: '快到期', tone: 'warn' },
    ended: { text: '已过期', tone: 'bad' },
    changed: { text: '等待重启', tone: 'info' },
    unusable: { text: '不能用', tone: 'bad' },
    missing: { text: '没有', tone: 'bad' },
  },
  test: {
    passed: { text: '通过', tone: 'ok' },
    failed: { text: '没有通过', tone: 'bad' },
    'by-hand': { text: '需人工举证', tone: 'info' },
  },
  chain: {
    whole: { text: '完整', tone: 'ok' },
    broken: { text: '已断开', tone: 'bad' },
  },
  export: {
    waiting: { text: '等待中', tone: 'info' },
    working: { text: '正在写', tone: 'info' },
    done: { text: '可以下载', tone: 'ok' },
    failed: { text: '没有写成', tone: 'bad' },
  },
} as const satisfies Record<string, Record<string, Word>>

export type StateKind = keyof typeof STATE_WORDS

const WORDS: Readonly<Record<StateKind, Readonly<Record<string, Word>>>> = STATE_WORDS

/** A state that a newer server knows and this page does not is shown as it came. */
export function stateWord(kind: StateKind, state: string): Word {
  return WORDS[kind][state] ?? { text: state, tone: 'plain' }
}

export function stateOptions(kind: StateKind): readonly { value: string; text: string }[] {
  return Object.entries(WORDS[kind]).map(([value, { text }]) => ({ value, text }))
}
