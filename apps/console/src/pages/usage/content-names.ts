const CHANNELS: Readonly<Record<string, string>> = {
  '0100': '人工窗口',
  '0200': '自助机',
  '0300': '医生工作台',
  '0401': '服务号',
  '0402': '小程序',
}
const COSTS: Readonly<Record<string, string>> = { '0100': '自费', '0200': '医保', '0300': '公费' }

/** 用卡渠道 by its code of the platform. */
export function channelName(code: string): string {
  return named(CHANNELS, code)
}

/** 费别 by its code of the platform. */
export function costName(code: string): string {
  return named(COSTS, code)
}

function named(names: Readonly<Record<string, string>>, code: string): string {
  const name = names[code]
  return name === undefined ? code : `${name} ${code}`
}
