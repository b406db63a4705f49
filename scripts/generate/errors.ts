import { CATALOGUE } from '@zhangyi/server'
import { code, generatedFrom, table } from './markdown.ts'

/** `docs/reference/errors.md`: every error that the HTTP interface answers with. */
export function errorsReference(): string {
  const rows = Object.entries(CATALOGUE).map(([name, { status, zh, en }]) => [
    code(name),
    String(status),
    zh,
    en,
  ])
  return `${generatedFrom('apps/server/src/platform/errors/catalogue.ts')}

# 错误目录

每个失败的请求都用同一种形式回答：

\`\`\`json
{
  "error": {
    "code": "bad-input",
    "message": "有信息需要修改，请看标出的项目。",
    "traceId": "ZY-7F3K-29QX",
    "fields": [{ "field": "idNumber", "message": "身份证号的校验位不对，请核对" }]
  }
}
\`\`\`

- \`message\` 是中文，可以原样给患者看；个别情形会换成更具体的一句。
- \`traceId\` 与响应头 \`x-trace-id\` 相同，患者可以在电话里读出来，用它能在日志和外部调用记录里找到全部经过。
- \`fields\` 只在输入有误时有内容，逐项指出问题。

${table(['code', 'HTTP', '给患者的话', '给开发者的说明'], rows)}
`
}
