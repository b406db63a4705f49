import { SETTINGS } from '@zhangyi/server'
import { defaultOf, formOf, toJsonSchema } from './json-schema.ts'
import { code, generatedFrom, table } from './markdown.ts'

/** `docs/reference/settings.md`: every installation setting. */
export function settingsReference(): string {
  const rows = Object.values(SETTINGS).map(({ env, schema, zh }) => {
    const json = toJsonSchema(schema, 'input')
    const form = env.endsWith('_FILE') ? '文件路径' : formOf(json)
    return [code(env), form, defaultOf(json) ?? '（不填）', zh]
  })
  return `${generatedFrom('apps/server/src/platform/settings/settings.ts')}

# 安装设置

整套安装的设置来自环境变量。空文字等于没有设置；拼错的、没有的 \`ZHANGYI_\` 变量会让启动停下，并把全部问题一次说清。
每家医院自己的配置在[医院配置文件](hospitals.md)里。密钥从不直接写在设置里：以 \`_FILE\` 结尾的设置是存有它的文件。

${table(['环境变量', '取值', '默认', '说明'], rows)}

以 \`ZHANGYI_TEST_\` 开头的变量只用于测试，启动时不检查。
`
}
