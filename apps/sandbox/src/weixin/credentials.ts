/** What a hospital's gateway is configured with. Fixed, made up, and worth nothing outside the sandbox. */
export const MINI_PROGRAM = { appid: 'wx0000sandboxmini', secret: 'sandbox-mini-program-secret' } as const
export const OFFICIAL_ACCOUNT = {
  appid: 'wx0000sandboxmpac',
  secret: 'sandbox-official-account-secret',
} as const

/** Message push of the official account in safe mode. 43 characters of Base64 are the 32 bytes of the AES key. */
export const MESSAGE_PUSH = {
  token: 'sandboxPushToken',
  encodingAesKey: 'c2FuZGJveC1wdXNoLWFlcy1rZXktMDAwMS1jaGFuZ2U',
  originalId: 'gh_00sandbox00',
} as const

export type WeixinApp = typeof MINI_PROGRAM | typeof OFFICIAL_ACCOUNT

export function appOf(appid: string): WeixinApp | undefined {
  return [MINI_PROGRAM, OFFICIAL_ACCOUNT].find((one) => one.appid === appid)
}
