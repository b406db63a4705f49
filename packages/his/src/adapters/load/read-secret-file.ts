import { readFileSync } from 'node:fs'

/** The content of a secret file, without white space at its ends. */
export function readSecretFile(file: string): string {
  return readFileSync(file, 'utf8').trim()
}
