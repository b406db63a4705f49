const NAMES: Readonly<Record<string, string>> = {
  'health-card': '电子健康卡平台',
  'wechat-pay': '微信支付',
  weixin: '微信',
  his: '医院 HIS',
  sms: '短信',
}

export function platformName(platform: string): string {
  return NAMES[platform] ?? platform
}

export const PLATFORM_OPTIONS = Object.entries(NAMES).map(([value, text]) => ({ value, text }))
