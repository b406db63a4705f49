import { expect, test, vi } from 'vitest'
import { showCode } from './show-code.ts'

function opened(): string[] {
  const urls: string[] = []
  const navigateTo = ({ url, success }: { url: string; success: () => void }) => {
    urls.push(url)
    success()
  }
  vi.stubGlobal('uni', { navigateTo, removeStorageSync: () => undefined })
  return urls
}

test('the health card’s code stands behind a verification', async () => {
  const urls = opened()
  expect(await showCode({ id: 'patient_1', card: 'linked' })).toBe(true)
  expect(urls).toEqual([
    expect.stringContaining('/pages/verify/confirm?purpose=card-code&patientId=patient_1'),
  ])
})

test.each(['offered-later', 'none'] as const)('card %s: the visit card’s code at once', async (card) => {
  const urls = opened()
  await showCode({ id: 'patient_1', card })
  expect(urls).toEqual(['/pages/card-code/show?patientId=patient_1'])
})
