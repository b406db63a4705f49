import { type Opener, readSecret } from './read-secret.ts'

/** Each file as it was when it was first asked for: a key that is replaced counts from the next start, everywhere at once. */
export function readOnce(opener: Opener): (file: string) => string {
  const read = new Map<string, string>()
  return (file) => {
    const known = read.get(file)
    if (known !== undefined) return known
    const secret = readSecret(opener, file)
    read.set(file, secret)
    return secret
  }
}
