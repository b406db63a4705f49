import { type BuildTarget, builtPatient } from '../../../patient/build/built-patient.ts'
import { StartProblem } from './start-problem.ts'

const NAMES: Readonly<Record<BuildTarget, string>> = { h5: 'H5', 'mp-weixin': '微信小程序' }

/** Builds the patient app if its sources changed since the last build, and returns the folder of the result. */
export async function buildPatientApp(
  say: (line: string) => void,
  target: BuildTarget = 'h5',
): Promise<string> {
  try {
    const { dist } = await builtPatient(target, 'build', () =>
      say(`构建患者端（${NAMES[target]}），约 10 秒……`),
    )
    return dist
  } catch (error) {
    throw new StartProblem(`患者端没有构建成功：\n${(error as Error).message}`)
  }
}
