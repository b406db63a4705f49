export const homeTexts = {
  emptyTitle: '先领一张电子健康卡',
  emptyWhat: '有了电子健康卡，挂号、缴费、看报告都用它，不用再带实体卡。',
  emptySteps: ['确认身份，大约 2 分钟', '医院建好档案', '出示电子健康卡就医'],
  claim: '领取电子健康卡',
  patients: '就诊人',
  toDo: '待办',
  oneToReceive: '有一笔退款等您确认收款',
  manyToReceive: (count: number) => `有 ${count} 笔退款等您确认收款`,
  receiveUntil: (time: string) => `${time} 前有效`,
  claimLater: '补领电子健康卡',
  unverified: '还没有验证身份：可以挂号缴费，暂时不能看报告和退款。补领电子健康卡时一起验证。',
  unverifiedWithCard: '这张证件还没有验证身份：可以挂号缴费；看报告和退款请带证件原件到窗口。',
  patientsWhat: (count: number, most: number) => `已有 ${count} 位，最多 ${most} 位，可切换或修改`,
  addPatient: '添加就诊人',
  addPatientWhat: '为自己或家人办电子健康卡',
  tiles: {
    book: { mark: '挂', title: '挂号' },
    fees: { mark: '缴', title: '缴费' },
    registrations: { mark: '号', title: '挂号记录' },
    paidFees: { mark: '付', title: '缴费记录' },
    records: { mark: '报', title: '报告查询' },
    refunds: { mark: '退', title: '退费' },
    inpatient: { mark: '住', title: '住院清单' },
    personalData: { mark: '我', title: '个人信息' },
  },
  loadFailed: '首页没有加载出来',
  openFailed: '这一步暂时打不开，请稍后再试，或打电话问医院。',
} as const

/** On the card's own button. */
export const cardActions = { showCode: '出示二维码', showVisitCard: '出示就诊卡' } as const
