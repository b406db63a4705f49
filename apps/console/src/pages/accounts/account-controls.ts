import type { Account, Control } from './accounts-api.ts'

export interface ControlWords {
  readonly control: Control
  readonly name: string
  /** What happens, told before it does. */
  readonly text: (account: Account) => string
  readonly isDangerous?: boolean
  readonly needsReason?: boolean
  readonly fits: (account: Account) => boolean
}

/** What the security administrator may do with an account in its state; the server asks again. */
export const CONTROLS: readonly ControlWords[] = [
  {
    control: 'approve',
    name: '批准',
    text: ({ displayName, createdBy }) =>
      `${createdBy} 为“${displayName}”开了这个账号。批准后就能登录。请先确认本人和工作需要。`,
    fits: ({ state }) => state === 'waiting',
  },
  {
    control: 'unlock',
    name: '解锁',
    text: ({ displayName }) => `“${displayName}”输错太多次被锁定。解锁后可以马上再试。请先确认是本人。`,
    fits: ({ state }) => state === 'locked',
  },
  {
    control: 'enable',
    name: '恢复使用',
    text: ({ displayName }) => `“${displayName}”恢复后用原来的口令和验证器登录。`,
    needsReason: true,
    fits: ({ state }) => state === 'disabled',
  },
  {
    control: 'reset-password',
    name: '重置口令',
    text: ({ displayName }) => `会给“${displayName}”一个一次性口令，原来的口令和已登录的页面马上失效。`,
    needsReason: true,
    fits: ({ state }) => state === 'active' || state === 'locked',
  },
  {
    control: 'reset-second-factor',
    name: '重置第二因素',
    text: ({ displayName }) =>
      `“${displayName}”下次登录要重新绑定验证器，已登录的页面马上失效。请当面或打电话确认是本人。`,
    needsReason: true,
    fits: ({ state, hasSecondFactor }) => hasSecondFactor && state !== 'disabled',
  },
  {
    control: 'disable',
    name: '停用',
    text: ({ displayName }) => `“${displayName}”马上退出，不能再登录。记录都保留，以后可以恢复。`,
    isDangerous: true,
    needsReason: true,
    fits: ({ state }) => state !== 'disabled',
  },
]
