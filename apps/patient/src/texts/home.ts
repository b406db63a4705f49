export const homeTexts = {
  emptyTitle: '先领一张电子健康卡',
  emptyWhat: '有了电子健康卡，挂号、缴费、看报告都用它，不用再带实体卡。',
  emptySteps: ['确认身份，大约 2 分钟', '医院建好档案', '出示电子健康卡就医'],
  claim: '领取电子健康卡',
  patients: '就诊人',
  patientsWhat: (count: number) => `共 ${count} 位，可切换或修改`,
  addPatient: '添加就诊人',
  addPatientWhat: '为自己或家人办电子健康卡',
  loadFailed: '首页没有加载出来',
  openFailed: '这一步暂时打不开，请稍后再试，或打电话问医院。',
} as const
