import { builtConsole } from '../../../console/build/built-console.ts'
import { StartProblem } from './start-problem.ts'

/** Builds the console if its sources changed since the last build, and returns the folder of the result. */
export async function buildConsole(say: (line: string) => void): Promise<string> {
  try {
    return (await builtConsole(() => say('构建运营控制台，约 5 秒……'))).dist
  } catch (error) {
    throw new StartProblem(`运营控制台没有构建成功：\n${(error as Error).message}`)
  }
}
