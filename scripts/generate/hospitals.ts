import { hospitalSchema } from '@zhangyi/server'
import { EXAMPLE_HOSPITALS } from './example-hospitals.ts'
import { defaultOf, formOf, type JsonSchema, toJsonSchema } from './json-schema.ts'
import { code, generatedFrom, table } from './markdown.ts'

/** `docs/reference/hospitals.md`: what one hospital configures. */
export function hospitalsReference(): string {
  const rows = rowsOf('', toJsonSchema(hospitalSchema, 'input'), toJsonSchema(hospitalSchema, 'output'), true)
  return `${generatedFrom('apps/server/src/platform/hospitals/hospitals.ts')}

# 医院配置

一套安装可以服务多家医院。\`ZHANGYI_HOSPITALS_FILE\` 指向一个 JSON 文件：\`{ "hospitals": [ … ] }\`，至少一家。
多写、漏写、写错的项目会让启动停下，每个问题都带着它的位置。各平台没有公开或说法不一的事实都在这里，并带默认值。

${table(['项目', '取值', '默认', '说明'], rows)}

## 例子

\`\`\`json
${JSON.stringify(EXAMPLE_HOSPITALS, null, 2)}
\`\`\`
`
}

/** The constant by which an alternative is told from the others. */
function kindOf({ properties = {} }: JsonSchema): string {
  return Object.values(properties).find((member) => member.const !== undefined)?.const ?? '其他'
}

// The input form tells what one writes; a default behind a transformation is known to the output form only.
function rowsOf(path: string, input: JsonSchema, output: JsonSchema, required: boolean): readonly string[][] {
  if (input.oneOf)
    return input.oneOf.flatMap((option, index) =>
      rowsOf(`${path}（${kindOf(option)}）`, option, output.oneOf?.[index] ?? {}, required),
    )
  if (!input.properties)
    return [
      [
        code(path),
        formOf(input),
        defaultOf(input) ?? defaultOf(output) ?? (required ? '**必填**' : '（不填）'),
        input.description ?? '',
      ],
    ]
  const children = Object.entries(input.properties).flatMap(([name, child]) =>
    rowsOf(
      path === '' ? name : `${path}.${name}`,
      child,
      output.properties?.[name] ?? {},
      input.required?.includes(name) ?? false,
    ),
  )
  const optional = path !== '' && !required && input.default === undefined
  return optional ? [[code(path), '对象', '（不填）', '整个对象可以不写'], ...children] : children
}
