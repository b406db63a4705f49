// Letters of any script (rare Han characters of the extension planes included), the middle dot of minority
// and foreign names, spaces, hyphens, apostrophes and full stops of foreign names.
const NAME = /^[\p{L}\p{M}·' .\-〇]{1,60}$/u
const MIDDLE_DOTS = /[•・‧∙⋅●⸱]/gu
// NFKC would make another character of these two before they are seen as middle dots.
const DOTS_THAT_NFKC_CHANGES = /[．˙]/gu

/** The form in which names are compared and stored: NFKC, one kind of middle dot, single spaces, nothing invisible. */
export function normaliseName(name: string): string {
  return name
    .replace(/\p{Cf}/gu, '')
    .replace(DOTS_THAT_NFKC_CHANGES, '·')
    .normalize('NFKC')
    .replace(MIDDLE_DOTS, '·')
    .replace(/\s*·\s*/gu, '·')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** Two names are the same person's name only if their normal forms are equal, capital letters aside. */
export function sameName(left: string, right: string): boolean {
  return normaliseName(left).toUpperCase() === normaliseName(right).toUpperCase()
}

export type NameProblem = 'empty' | 'too-short' | 'characters'

export function checkName(name: string): NameProblem | undefined {
  const normal = normaliseName(name)
  if (normal === '') return 'empty'
  if (Array.from(normal).length < 2) return 'too-short'
  if (!NAME.test(normal) || /^[·' .-]|[·'-]$/u.test(normal)) return 'characters'
  return undefined
}
