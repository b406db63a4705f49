/** Kept apart as 等级保护 asks: who makes accounts, who agrees to them, who reads the audit, and who works. */
export const ROLES = {
  system: { zh: '系统管理员', about: '开账号、看系统是否正常；看不到患者和钱' },
  security: { zh: '安全管理员', about: '批准、停用、解锁账号，重置口令和第二因素' },
  audit: { zh: '审计员', about: '看和导出审计；什么都不能改' },
  finance: { zh: '财务', about: '退款、复核、台账、运营账户' },
  operator: { zh: '运营', about: '用卡数据、退款的日常处理、通知' },
  hospital: { zh: '院方管理员', about: '看本院的数字、退款和用卡数据' },
} as const satisfies Record<string, { readonly zh: string; readonly about: string }>

export type Role = keyof typeof ROLES

export const ROLE_NAMES = Object.keys(ROLES) as readonly Role[]
