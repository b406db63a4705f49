export const formTexts = {
  checkMarked: '有信息需要修改，请看标出的项目。',

  applyTitle: '申领电子健康卡',
  applyH1: '填写就诊人信息',
  applyWhat: '用于办理电子健康卡和建立医院档案。提交后去验证身份。',
  applySubmit: '提交，去验证身份',
  kept: '没填完也不要紧：30 分钟内再进来，已填的内容还在。',
  noCodeTitle: '这次授权已经失效',
  noCodeWhat: '授权只在 30 分钟内有效。请重新开始，已填的内容会带过去。',
  startAgain: '重新开始',

  visitCardTitle: '办理就诊卡',
  visitCardH1: '先办一张就诊卡',
  visitCardLimits: '没有验证身份的就诊卡可以挂号、缴费；暂时不能看报告，也不能退款，验证身份后开通。',
  visitCardSubmit: '办理就诊卡',
  visitCardOther: '看看其他办法',
  visitCardOtherWhat: '再试一次、到窗口办理等',

  completeTitle: '完善档案',
  completeH1: (count: number) => `还差 ${count} 项，就能建好档案`,
  completeWhat: '健康卡里已有的信息不用再填。',
  completeNote: '带“需补充”和橙色边框的，是医院建档必填的。',
  completeSubmit: '提交建档',
} as const
