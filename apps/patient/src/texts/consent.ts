export const consentTexts = {
  pageTitle: '个人信息授权',
  h1: '使用敏感个人信息，需要您单独同意',
  lead: '只用于办卡、建档和看病。不同意也可以到窗口办理。',
  points: [
    {
      title: '用哪些信息',
      what: '姓名、证件类型和号码、手机号码、民族、住址；您的电子健康卡；验证身份的结果。人脸图像由微信处理，医院不取得、不保存。',
    },
    {
      title: '为什么用',
      what: '向国家电子健康卡平台申领或关联健康卡，在医院建立就诊档案，确认看报告和退款的是本人。孩子的信息由监护人同意。',
    },
    {
      title: '保存多久',
      what: '填到一半的内容 30 分钟后从手机删除。建好的档案由医院按病历管理规定的年限保存。',
    },
    {
      title: '怎样撤回',
      what: '随时在「就诊人」页撤回。撤回后不再用于新的办理，已有的就诊记录不受影响，看病照常。',
    },
  ],
  version: (version: string) => `说明版本 ${version}`,
  accept: '同意并继续',
  decline: '暂不同意',
  acceptedNote: '您已同意这份说明。',
  back: '返回',
  withdraw: '撤回同意',
  withdrawConfirmTitle: '确认撤回同意？',
  withdrawConfirmWhat: '撤回后不能再办理新的电子健康卡；手机里未提交的内容会删除。以后可以重新同意。',
  withdrawConfirm: '确认撤回',
  withdrawCancel: '不撤回了',
  withdrawn: '已撤回同意。',
  failed: '没有成功，请再试一次。',
  loadFailed: '说明没有加载出来',
} as const
