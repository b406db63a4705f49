import type { Command } from 'commander'
import { type HisCheckOptions, runHisCheck } from '../his-check/run-his-check.ts'

export function addHisCommand(program: Command): void {
  program
    .command('his')
    .description('HIS 适配器')
    .command('check')
    .description('逐项检查一个 HIS 适配器；会新建档案、退几分钱、缴样本的费用，只能对着 HIS 的测试环境运行')
    .argument(
      '[file]',
      '适配器模块（.ts 或 .js，默认导出 HisPort 或返回它的函数），或 HIS 配置（.json，即医院配置里 his 那一段）；省略时检查模拟医院',
    )
    .option('--fixtures <file>', '样本文件（JSON）：HIS 里已有的人；写法见 docs/guides/his-adapter.md')
    .option('--time-limit <ms>', '每次调用的时限（毫秒），默认 5000')
    .option(
      '--only <names>',
      '只检查这些项或这些组，逗号分隔，可以写多次（deposits、bills.show-refund）',
      (names: string, before: readonly string[] | undefined) => [...(before ?? []), names],
    )
    .action(checkHis)
}

async function checkHis(file: string | undefined, options: HisCheckOptions): Promise<void> {
  const { text, failed } = await runHisCheck(file, options)
  // An adapter may keep connections open, which would hold the process: leave once the report is written.
  process.stdout.write(`${text}\n`, () => process.exit(failed ? 1 : 0))
}
