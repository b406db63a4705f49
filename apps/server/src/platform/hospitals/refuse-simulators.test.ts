import { expect, test } from 'vitest'
import { type Hospital, Hospitals, parseHospitals } from './hospitals.ts'
import { refuseSimulators } from './refuse-simulators.ts'

const INPUT = {
  id: 'first',
  name: '市第一人民医院',
  phone: '0571-0000000',
  counter: '门诊一楼',
  healthCard: {
    baseUrl: 'https://card.example.org/',
    h5Origin: 'https://pages.example.org',
    appId: 'a',
    appSecretFile: '/secret',
    hospitalId: '1',
  },
  wechat: {},
  his: { kind: 'rest', baseUrl: 'https://his.example.org', auth: { kind: 'none' } },
}
const [hospital] = parseHospitals({ hospitals: [INPUT] }, 'test').all as [Hospital]

test('production refuses every address that is not a platform’s, and a HIS on this machine', () => {
  for (const address of [
    'http://card.example.org',
    'https://127.0.0.1:9101',
    'https://localhost',
    'https://[::1]',
  ]) {
    const wrong = new Hospitals([{ ...hospital, healthCard: { ...hospital.healthCard, baseUrl: address } }])
    expect(() => refuseSimulators(wrong)).toThrow(/first\.healthCard\.baseUrl/)
  }
  const withHis = (his: object) => parseHospitals({ hospitals: [{ ...INPUT, his }] }, 'test')
  const rest = (baseUrl: string) => withHis({ kind: 'rest', baseUrl, auth: { kind: 'none' } })
  expect(() => refuseSimulators(rest('http://127.0.0.1:9104'))).toThrow(/first\.his\.baseUrl/)
  // Inside a hospital's network a HIS is often without TLS.
  expect(() => refuseSimulators(rest('http://10.1.2.3/his'))).not.toThrow()
  const soap = { kind: 'soap', endpoint: 'http://localhost:9105/', charset: 'gbk', mapping: {} }
  const style = { namespace: 'urn:x', method: 'Trade' }
  expect(() => refuseSimulators(withHis({ ...soap, style }))).toThrow(/first\.his\.endpoint/)
})

test('production refuses a merchant whose payments or callbacks lead to this machine; WeChat’s own addresses are the default', () => {
  const merchant = {
    ...{ mchid: '1900000109', merchantSerial: 'A'.repeat(40), merchantPrivateKeyFile: '/key' },
    ...{ apiV3KeyFile: '/v3', publicKeys: [{ id: 'PUB_KEY_ID_1', file: '/public' }] },
  }
  const withPay = (change: object) =>
    parseHospitals({ hospitals: [{ ...INPUT, wechatPay: { ...merchant, ...change } }] }, 'test')
  expect(() => refuseSimulators(withPay({}))).not.toThrow()
  const backup = ['https://api.mch.weixin.qq.com', 'http://127.0.0.1:9103']
  expect(() => refuseSimulators(withPay({ origins: backup }))).toThrow(/first\.wechatPay\.origins\.1/)
  expect(() => refuseSimulators(withPay({ notifyOrigin: 'http://hospital.example.org' }))).toThrow(
    /first\.wechatPay\.notifyOrigin/,
  )
  // Without a key of WeChat's no answer could be believed.
  expect(() => withPay({ publicKeys: [] })).toThrow(/hospitals\.0\.wechatPay\.publicKeys：微信支付公钥/)
})

test('every problem of a hospitals file is told with its place', () => {
  const wrong = { ...INPUT, id: 'First', phon: '1', healthCard: { ...INPUT.healthCard, baseUrl: 'nowhere' } }
  expect(() => parseHospitals({ hospitals: [wrong] }, 'hospitals.json')).toThrow(
    /hospitals\.json[\s\S]*hospitals\.0\.id[\s\S]*hospitals\.0\.healthCard\.baseUrl[\s\S]*phon/,
  )
  expect(() => parseHospitals({ hospitals: [] }, 'x')).toThrow('hospitals')
  expect(() => parseHospitals({ hospitals: [INPUT, INPUT] }, 'x')).toThrow('重复的 id')
})

test('an address loses its slash at the end; the only hospital needs no name, one of two does', () => {
  expect(hospital.healthCard.baseUrl).toBe('https://card.example.org')
  const one = new Hospitals([hospital])
  expect(one.choose(undefined)?.id).toBe('first')
  expect(one.choose('other')).toBeUndefined()
  const two = parseHospitals({ hospitals: [INPUT, { ...INPUT, id: 'second' }] }, 'x')
  expect(two.choose(undefined)).toBeUndefined()
  expect(two.choose('second')?.id).toBe('second')
})
