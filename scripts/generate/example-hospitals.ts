import type { HospitalInput } from '@zhangyi/server'

/** The smallest hospitals file that says everything that must be said. A test parses it. */
export const EXAMPLE_HOSPITALS: { readonly hospitals: readonly HospitalInput[] } = {
  hospitals: [
    {
      id: 'first',
      name: '市第一人民医院',
      phone: '0571-0000000',
      counter: '门诊一楼 3 号窗（8:00–17:00）',
      healthCard: {
        baseUrl: 'https://card.example.org',
        h5Origin: 'https://card-pages.example.org',
        appId: '平台分配的 appId',
        appSecretFile: '/etc/zhangyi/health-card-secret',
        hospitalId: '90003',
      },
      wechat: {
        miniProgram: { appid: 'wx0000000000000000', secretFile: '/etc/zhangyi/mini-program-secret' },
      },
      his: {
        kind: 'rest',
        baseUrl: 'https://his.hospital.example.org/zhangyi',
        auth: { kind: 'hmac', keyId: 'zhangyi', secretFile: '/etc/zhangyi/his-secret' },
        groups: ['archives', 'cards'],
      },
    },
  ],
}
