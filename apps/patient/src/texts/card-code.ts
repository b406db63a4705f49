export const cardCodeTexts = {
  healthCardTitle: '电子健康卡',
  visitCardTitle: '就诊卡',
  /** What the code is, above it: the clerk at the window reads it, too. */
  what: { dynamic: '电子健康卡 · 动态码', static: '电子健康卡 · 静态码', visitCard: '就诊卡' },
  imageOf: (what: string, name: string) => `${name} 的${what}`,
  dynamic: '动态码',
  static: '静态码',
  dynamicWhat: (seconds: number) => `动态码每 ${seconds} 秒刷新，更安全。`,
  staticWhat: '静态码不会变化。请不要截图发给别人。',
  show: '窗口、自助机和诊室都可以扫。',
  /** A browser cannot make the screen brighter by itself. */
  bright: '扫不出来时，请把屏幕调亮。',
  barcode: '条形码扫不出来时，请报卡号。',
  stale: '网络不好，这个码可能已过期。',
  staleButGood: '网络不好，没有更新。这个码不会变，还可以用。',
  updateNow: '刷新这个码',
  platformPage: '打开健康卡平台的展码页',
  loadFailed: '码没有加载出来',

  fallbackTitle: '先用就诊卡，看病不受影响',
  notVerified: '出示电子健康卡要先验证身份。没有验证时，窗口和自助机也认就诊卡。',
  verifyFailed: '这次没有完成身份验证。您可以先出示就诊卡，也可以再验证一次。',
  verifyLapsed: '为保护您的信息，身份验证已到时间。您可以先出示就诊卡，也可以再验证一次。',
  noCard: '还没有电子健康卡。您可以先出示就诊卡，有空时补领。',
  platformUnavailable: '电子健康卡平台暂时连不上。您可以先出示就诊卡，稍后再试。',

  counterTitle: '请到窗口，工作人员会帮您',
  counterNotVerified: '这次没有验证身份，这位就诊人也没有就诊卡号。请到窗口办理，或再验证一次。',
  counterNoCard: '这位就诊人还没有电子健康卡，也没有就诊卡号。请到窗口办理，或补领电子健康卡。',
  counterUnavailable: '电子健康卡平台暂时连不上，这位就诊人也没有就诊卡号。请到窗口办理，或稍后再试。',

  verify: '去验证身份',
  verifyAgain: '再验证一次',
  claim: '补领电子健康卡',
  openFailed: '这一步暂时打不开，请稍后再试，或打电话问医院。',
} as const
