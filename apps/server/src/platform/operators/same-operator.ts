/** Whether two signs are one person's: people type their own at the sign-in, and not always alike. */
export function isSameOperator(left: string, right: string): boolean {
  return left.normalize('NFKC').toUpperCase() === right.normalize('NFKC').toUpperCase()
}
