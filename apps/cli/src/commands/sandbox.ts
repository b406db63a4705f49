import { join, resolve } from 'node:path'
import { startSandbox } from '@zhangyi/sandbox'
import { loadSettings } from '@zhangyi/server'
import type { Command } from 'commander'
import { claimPorts } from '../start/claim-ports.ts'
import { sandboxPorts } from '../start/sandbox-ports.ts'
import { stopOnSignals } from '../start/stop-on-signals.ts'

export function addSandboxCommand(program: Command): void {
  program
    .command('sandbox')
    .description('只运行模拟平台：让您自己的客户端连上来调试')
    .addHelpText('after', '\n地址和测试凭据：GET http://127.0.0.1:ZHANGYI_SANDBOX_PORT/platforms')
    .action(runSandbox)
}

async function runSandbox(): Promise<void> {
  const settings = loadSettings(process.env)
  await claimPorts(sandboxPorts(settings.sandboxPort))
  const stopping = stopOnSignals((line) => process.stderr.write(`${line}\n`))
  const dataDir = join(resolve(settings.dataDir), 'sandbox')
  const sandbox = await startSandbox({ port: settings.sandboxPort, dataDir })
  stopping.add(() => sandbox.stop())
  const lines = Object.entries(sandbox.origins).map(([name, origin]) => `  ${name.padEnd(12)} ${origin}`)
  process.stdout.write(
    `沙箱已就绪\n\n  控制台       ${sandbox.controlOrigin}/\n  凭据         ${sandbox.controlOrigin}/platforms\n${lines.join('\n')}\n\nCtrl-C 停止。\n`,
  )
}
