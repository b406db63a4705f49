/** `李明华` → `李*华`, `张三` → `张*`, `欧阳娜娜` → `欧**娜`; counts characters, not UTF-16 units. */
export function maskName(name: string): string {
  const characters = Array.from(name)
  if (characters.length <= 1) return '*'
  if (characters.length === 2) return `${characters[0]}*`
  return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`
}

/**
 * `330102199001012217` → `330102********2217`, `E12345678` → `E******78`. Numbers shorter than 8 keep only their last
 * two characters, shorter than 5 nothing.
 */
export function maskIdNumber(idNumber: string): string {
  if (idNumber.length >= 15) return keepEnds(idNumber, 6, 4)
  return idNumber.length >= 8 ? keepEnds(idNumber, 1, 2) : keepLastTwo(idNumber)
}

/** `13800000218` → `138****0218`. What is shorter than a mobile number keeps only its last two digits. */
export function maskPhone(phone: string): string {
  return phone.length >= 11 ? keepEnds(phone, 3, 4) : keepLastTwo(phone)
}

/** `0000123420931` → `****0931`: what a patient compares with the card in the hand. Never more than half of it. */
export function maskCardNumber(cardNumber: string): string {
  const shown = Math.min(4, Math.floor(cardNumber.length / 2))
  return `****${cardNumber.slice(cardNumber.length - shown)}`
}

function keepEnds(text: string, first: number, last: number): string {
  return `${text.slice(0, first)}${'*'.repeat(text.length - first - last)}${text.slice(-last)}`
}

function keepLastTwo(text: string): string {
  return text.length <= 4 ? '*'.repeat(text.length) : keepEnds(text, 0, 2)
}

/** Keeps the first six characters of an address (about province and city). */
export function maskAddress(address: string): string {
  const characters = Array.from(address)
  return characters.length <= 6 ? '***' : `${characters.slice(0, 6).join('')}***`
}
