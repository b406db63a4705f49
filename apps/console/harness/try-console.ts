// `npm run try -w apps/console`: the console by hand, on the fake. Sign in as anybody with the password and code below.
import { builtConsole } from '../build/built-console.ts'
import { newWorld } from './fake/world.ts'
import { serveConsole } from './serve-console.ts'

const { dist } = await builtConsole(() => process.stderr.write('构建控制台……\n'))
const { url } = await serveConsole(dist, newWorld({ stage: 'out' }), 8_787)
process.stdout.write(
  `${url}  登录名随意（new：第一次登录；locked：已锁定），口令 Right-pass-9，验证码 123456\n`,
)
