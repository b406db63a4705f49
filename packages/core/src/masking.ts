/** `李明华` → `李*华`, `张三` → `张*`, `欧阳娜娜` → `欧**娜`; counts characters, not UTF-16 units. */
export function maskName(name: string): string {
  const characters = Array.from(name)
  if (characters.length <= 1) return '*'
  if (characters.length === 2) return `${characters[0]}*`
  return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`
}

/** `330102199001012217` → `330102********2217`; short numbers keep only their last two characters. */
export function maskIdNumber(idNumber: string): string {
  if (idNumber.length >= 15)
    return `${idNumber.slice(0, 6)}${'*'.repeat(idNumber.length - 10)}${idNumber.slice(-4)}`
  if (idNumber.length <= 4) return '*'.repeat(idNumber.length)
  return `${idNumber.slice(0, 1)}${'*'.repeat(idNumber.length - 3)}${idNumber.slice(-2)}`
}

/** `13800000218` → `138****0218`. */
export function maskPhone(phone: string): string {
  if (phone.length < 7) return '*'.repeat(phone.length)
  return `${phone.slice(0, 3)}${'*'.repeat(phone.length - 7)}${phone.slice(-4)}`
}

/** `0000123420931` → `****0931`: what a patient compares with the card in the hand. */
export function maskCardNumber(cardNumber: string): string {
  return `****${cardNumber.slice(-4)}`
}

/** Keeps the first six characters of an address (about province and city). */
export function maskAddress(address: string): string {
  const characters = Array.from(address)
  return characters.length <= 6 ? '***' : `${characters.slice(0, 6).join('')}***`
}
