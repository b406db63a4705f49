import { malformed } from './read-members.ts'

/** An answer about another number than the one asked for is not an answer. Throws `MalformedAnswer`. */
export function expectNumber(member: string, answered: string | undefined, asked: string): void {
  if (answered !== asked) malformed(member)
}
