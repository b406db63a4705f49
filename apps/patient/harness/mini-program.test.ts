import { beforeAll, describe, expect, test } from 'vitest'
import { builtPatient, GALLERY_WEB_HOST } from '../build/built-patient.ts'
import { type MiniProgram, openMiniProgram } from './mini-program.ts'

const BUILD_MS = 180_000
let dist: string
let gallery: string

beforeAll(async () => {
  dist = (await builtPatient('mp-weixin')).dist
  gallery = (await builtPatient('mp-weixin', 'gallery')).dist
}, BUILD_MS)

// Without a gateway: what the app can do, and says, on its own. With one: tests/mini-program.
describe('home page without a gateway', () => {
  let app: MiniProgram

  beforeAll(async () => {
    app = await openMiniProgram({ dist })
  })

  test('says that it could not load, and offers to try again', async () => {
    await app.open('pages/home/home')
    expect(app.has('首页没有加载出来')).toBe(true)
    await app.tap('再试一次')
    expect(app.has('首页没有加载出来')).toBe(true)
  })

  test('large letters are remembered and survive a restart', async () => {
    await app.open('pages/home/home')
    await app.tap('切换大字版')
    expect(app.elements('view')[0]?.['class']).toContain('zy-elder')
    const again = await openMiniProgram({ dist, storage: app.storage })
    await again.open('pages/home/home')
    expect(again.elements('view')[0]?.['class']).toContain('zy-elder')
    await again.tap('换回普通版')
    expect(again.elements('view')[0]?.['class']).not.toContain('zy-elder')
  })

  test('an unknown page leads home', async () => {
    await app.open('pages/long/gone')
    expect(app.currentPage.route).toBe('pages/home/home')
  })
})

describe('web-view page', () => {
  test('refuses an address that is not on the list and offers the way home', async () => {
    const app = await openMiniProgram({ dist: gallery })
    await app.open('pages/web-view/web-view', { url: 'https://evil.example/?x=1' })
    expect(app.elements('web-view')).toEqual([])
    await app.tap('返回首页')
    expect(app.currentPage.route).toBe('pages/home/home')
  })

  test('shows an address on the list, with its own query whole', async () => {
    const app = await openMiniProgram({ dist: gallery })
    const url = `https://${GALLERY_WEB_HOST}/open/verify?orderId=1&redirect_uri=mini%3A%2Fa`
    await app.open('pages/web-view/web-view', { url })
    expect(app.elements('web-view')[0]?.['src']).toBe(url)
  })
})

describe('shared components in the mini program', () => {
  let app: MiniProgram

  beforeAll(async () => {
    app = await openMiniProgram({ dist: gallery })
    await app.open('gallery/gallery')
  })

  test('a form takes text, choice and date, and an error does not lose what was typed', async () => {
    await app.input('姓名', '李华')
    await app.pick('民族', '蒙古族')
    await app.pick('出生日期', '1990-01-02')
    await app.tap('提交建档')
    expect(app.has('! 请填写现住址')).toBe(true)
    expect(app.has('已填： 李华 02 1990-01-02')).toBe(true)
    await app.input('现住址', '文三路 1 号')
    await app.tap('提交建档')
    expect(app.has('请填写现住址')).toBe(false)
    expect(app.has('已填： 李华 02 1990-01-02 文三路 1 号 2')).toBe(true)
  })

  test('a disabled and a busy button do nothing', async () => {
    await app.tap('暂不可用')
    await app.tap('先办就诊卡')
    await app.tap('正在处理…')
    expect(app.has('文三路 1 号 2')).toBe(true)
  })

  test('says which texts can be tapped when one is not found', async () => {
    await expect(app.tap('没有的按钮')).rejects.toThrow(/出示二维码/)
  })

  test('raised no error in the runtime', () => {
    expect(app.errors).toEqual([])
  })
})
