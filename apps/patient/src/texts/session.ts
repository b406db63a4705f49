/** Problems of signing in that arise on the phone. */
export const sessionTexts = {
  LOGIN: '没有取得微信登录，请退出后重新进入。',
  NO_COOKIE: '手机没有保存登录状态。请允许微信使用 Cookie，或换到小程序里办理。',
} as const
