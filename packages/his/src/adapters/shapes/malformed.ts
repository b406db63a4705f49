/** A value of the HIS that is not what it must be. Names the place and what was expected, never the value itself. */
export class Malformed extends Error {
  override readonly name = 'Malformed'
  readonly path: string

  constructor(path: string, expected: string) {
    super(`${path || 'reply'}: ${expected}`)
    this.path = path
  }
}

export function at(path: string, member: string | number): string {
  if (typeof member === 'number') return `${path}[${member}]`
  return path === '' ? member : `${path}.${member}`
}
