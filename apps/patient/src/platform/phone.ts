import { isH5 } from './target.ts'

/** What may be dialled: digits, and the separators that hospitals write. */
function dialable(phone: string): string {
  return phone.replace(/[^\d+*#]/g, '')
}

export function callPhone(phone: string): void {
  const number = dialable(phone)
  if (number === '') return
  // Not uni.makePhoneCall on H5: `tel:` as a location works in every browser WeChat embeds.
  if (isH5) window.location.href = `tel:${number}`
  // The person may cancel WeChat's question; that is no error.
  else uni.makePhoneCall({ phoneNumber: number, fail: () => undefined })
}
