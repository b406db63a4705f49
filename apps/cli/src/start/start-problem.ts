/** A problem that the person at the terminal can mend; told without a stack. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem'
}
