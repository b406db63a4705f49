import type { RecordKind } from '../api/purposes.ts'

type KindTexts = {
  readonly title: string
  readonly what: string
  readonly unit: string
  readonly later: string
}

/** The six kinds as the menu names them; `later` says why something expected may not be there yet. */
export const kindTexts: Readonly<Record<RecordKind, KindTexts>> = {
  lab: {
    title: '检验报告',
    what: '抽血、化验、验尿等结果',
    unit: '份',
    later: '刚做的化验，要等医院审核后才能看到。',
  },
  examination: {
    title: '检查报告',
    what: 'CT、超声、胃镜、心电图、病理等结果',
    unit: '份',
    later: '刚做的检查，要等医生写好报告后才能看到；病理一般要几天。',
  },
  'check-up': {
    title: '体检报告',
    what: '在本院做的健康体检',
    unit: '份',
    later: '体检总报告一般要等一周左右才能看到。',
  },
  'inpatient-day': {
    title: '住院清单',
    what: '住院每天的项目和费用',
    unit: '天',
    later: '今天的清单一般第二天才能看到。',
  },
  prescription: {
    title: '处方',
    what: '医生开的药和用法',
    unit: '张',
    later: '刚开的处方，过几分钟再看。',
  },
  diagnosis: {
    title: '诊断',
    what: '每次就诊医生写的诊断',
    unit: '条',
    later: '医生写完病历后才能看到。',
  },
}

export const recordTexts = {
  menuTitle: '报告查询',
  menuHeading: '要看哪一种？',
  menuWhat: '看之前要先确认就诊人、验证身份，保护您的隐私。',
  openFailed: '页面没有打开，请再点一次，或打电话问医院。',

  patientLine: (name: string) => `就诊人 ${name}`,
  switchPatient: '换一位就诊人',
  switchWhat: '换人要重新验证身份',
  minutesLeft: (minutes: number, until: string) => `还可查看 ${minutes} 分钟（到 ${until}）`,
  lastMinute: (until: string) => `还可查看不到 1 分钟（到 ${until}）`,
  readUntil: (until: string) => `可以查看到 ${until}`,
  fallback: '这次是用短信等方式验证的：查看时间较短，只能看，不能办退款和改资料。',
  proxy: '这次由家人代为验证。',

  picked: '，已选',
  rangeHeading: '时间范围',
  ranges: { 'three-months': '近三个月', year: '近一年', 'three-years': '近三年' },
  modalityHeading: '检查类别',
  all: '全部',
  abnormal: '有异常',
  counted: (count: number, unit: string) => `共 ${count} ${unit}`,
  month: (year: string, month: string) => `${year} 年 ${Number(month)} 月`,
  more: '再显示一些',
  emptyTitle: (range: string, what: string) => `${range}没有${what}`,
  emptyWhat: (later: string) => `${later}也可能建档时用的是另一张就诊卡，可以带证件到窗口或打电话问。`,
  widen: '查近三年的',
  listFailed: (what: string) => `${what}没有加载出来`,

  lapsedTitle: '查看时间到了',
  lapsedWhat: '为保护隐私，报告每次只开放一段时间。再验证一次身份就可以接着看。',
  verifyAgain: '再验证一次',

  detailTitle: '报告详情',
  detailFailed: '报告没有加载出来',
  goneTitle: '没有找到这份报告',
  goneWhat: '链接可能已经失效。请从报告列表里重新打开。',
  toMenu: '去报告查询',
  doctor: (name: string) => `${name} 医生`,
  abnormalCount: (count: number) => `${count} 项异常`,
  indicators: (count: number) => `共 ${count} 项指标`,
  onlyAbnormal: '只看异常',
  showAll: '看全部指标',
  noneAbnormal: '没有标为异常的指标。报告的意思请听医生的。',
  reference: (range: string) => `参考 ${range}`,
  noReference: '医院没有给出参考范围',
  normal: '正常',
  low: '偏低',
  high: '偏高',
  critical: '危急值',
  abnormalValue: '异常',
  criticalAdvice: '这个数值需要尽快处理，请马上联系开单医生或到急诊。',
  askDoctor: '是否需要处理，请听医生的。',
  whatIsIt: '这是什么',
  explainedBy: (version: string) => `指标说明 ${version} 版，只帮助理解，不是诊断。`,
  showTrend: '看变化',
  trendLoading: '正在找以前的结果…',
  trendSingle: '三年内只有这一次结果，还看不出变化。',
  trendFailed: '以前的结果没有取到，可以再点一次。',
  wholeTrend: '看历次数值',
  linesHeading: '项目明细',
  drugsHeading: '药品',
  usage: (usage: string) => `用法：${usage}`,
  total: '合计',
  nothingInside: '这份报告没有可显示的内容，请下载 PDF 查看，或到窗口问。',
  disclaimer: '仅供参考，以医院盖章的报告为准。',

  pdf: '下载 PDF',
  pdfHelp: '打不开 PDF 时，可以到自助机或窗口打印，也可以截屏保存。',
  pdfFailed: 'PDF 没有下载下来，请再试一次；还不行就到自助机或窗口打印。',
  pdfCannotOpen: 'PDF 已经下载，但这部手机打不开。请到自助机或窗口打印。',

  trendTitle: '指标趋势',
  trendFailedTitle: '趋势没有加载出来',
  trendEmptyTitle: '还没有可以比较的结果',
  trendEmptyWhat: '三年内没有这个指标的数值结果。请回到报告里看这一次的结果。',
  trendRange: (range: string, unit: string) => `参考范围 ${range}${unit}（图中的绿色区域）`,
  trendNoRange: '医院没有给出参考范围，图中只画数值。',
  trendMarked: '三角形和菱形是标为异常的结果，每次的数值在下面的表里。',
  trendTable: '历次结果',
  backToReport: '返回报告',
  trendDate: '日期',
  trendValue: (unit: string) => (unit === '' ? '结果' : `结果 ${unit}`),
  trendState: '状态',
  trendSummary: (name: string, count: number, latest: string, state: string) =>
    `${name}趋势图，共 ${count} 次，最近一次 ${latest}${state === '' ? '' : `，${state}`}。下面的表格里有每次的数值。`,
  between: (low: string, high: string) => `${low}–${high}`,
  atMost: (high: string) => `≤ ${high}`,
  atLeast: (low: string) => `≥ ${low}`,
} as const
