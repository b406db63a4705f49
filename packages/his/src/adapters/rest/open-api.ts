import { ALL_OPERATIONS, type HisOperation, type OperationKind } from '../../operations.ts'
import { type JsonSchema, SchemaBook } from '../shapes/json-schema.ts'
import { OPERATION_SHAPES } from '../shapes/operation-shapes.ts'
import { nothing, record, type Shape } from '../shapes/shape.ts'
import { OPERATION_TITLES } from './operation-titles.ts'
import { WIRE_CODES } from './wire-codes.ts'
import { wirePath } from './wire-plan.ts'

const DESCRIPTION = `HIS 一侧要实现的接口。请求和答复都是 UTF-8 的 JSON；金额是整数「分」，字段名以 Fen 结尾；没有值的字段不写。

签名：四个请求头 X-Zhangyi-Timestamp（秒）、X-Zhangyi-Nonce（每次不同）、X-Zhangyi-Key、X-Zhangyi-Signature。签名是十六进制的
HMAC-SHA256(secret, timestamp + "\\n" + nonce + "\\n" + 方法 + "\\n" + 路径 + "\\n" + 请求体的十六进制 SHA-256)，没有请求体时按空串计算。
时间相差 5 分钟以上、nonce 用过、签名不符，答 401，不办理。

办理类带 requestKey：同一个 requestKey、同样内容只办一次，再来时给第一次的答复；内容不同答 KEY_REUSED。
档案里的 phone 是医院核对过的手机号，完整、不打星号：网关把验证码发到那里。verified 为 false 的建档，窗口核对之前不给 phone。
archives/update 没写的字段不改；不提供这个操作时，请告诉掌医的安装人员（配置 without）。
只有确实没有办，才能答 REFUSED、NOT_FOUND 或 KEY_REUSED；自己也不知道时答 HTTP 503。网关把 2xx 以外的状态、超时和看不懂的
答复都当作「结果不明」，随后查询。reason 给人看，不要写姓名、证件号、手机号。`

/** The OpenAPI 3.1 document of the wire, made from the same table as the adapter itself. */
export function openApiDocument(): JsonSchema {
  const book = new SchemaBook()
  const paths = Object.fromEntries(
    ALL_OPERATIONS.map(([operation, kind]) => [wirePath(operation), pathOf(operation, kind, book)]),
  )
  return {
    openapi: '3.1.0',
    info: { title: '掌医 HIS 接口', version: '1.0.0', description: DESCRIPTION },
    security: [{ signature: [] }],
    paths,
    components: {
      securitySchemes: {
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Zhangyi-Signature',
          description: '见文首「签名」',
        },
      },
      schemas: Object.fromEntries(
        Object.entries(book.schemas).toSorted(([left], [right]) => (left < right ? -1 : 1)),
      ),
    },
  }
}

function pathOf(operation: HisOperation, kind: OperationKind, book: SchemaBook): JsonSchema {
  const shape = operation === 'probe' ? undefined : OPERATION_SHAPES[operation]
  const described = {
    operationId: operation.replace('.', '_'),
    tags: [operation.split('.')[0]],
    summary: OPERATION_TITLES[operation],
    parameters: ['Timestamp', 'Nonce', 'Key'].map((name) => ({
      name: `X-Zhangyi-${name}`,
      in: 'header',
      required: true,
      schema: { type: 'string' },
    })),
    responses: responsesOf(shape?.output ?? nothing, book),
  }
  if (shape === undefined) return { get: described }
  return { post: { ...described, requestBody: requestOf(shape.input, kind, book) } }
}

function requestOf(input: Shape, kind: OperationKind, book: SchemaBook): JsonSchema {
  const requestKey = { type: 'string', minLength: 1, maxLength: 64, description: '同一个只办一次' }
  return json({
    type: 'object',
    properties: { input: book.of(input), ...(kind === 'change' ? { requestKey } : {}) },
    required: kind === 'change' ? ['input', 'requestKey'] : ['input'],
  })
}

function responsesOf(output: Shape, book: SchemaBook): JsonSchema {
  const refusals = Object.keys(WIRE_CODES).filter((code) => code !== 'OK')
  const answered = {
    type: 'object',
    properties: { code: { const: 'OK' }, data: book.of(output) },
    required: output.kind === 'nothing' ? ['code'] : ['code', 'data'],
  }
  const text = book.of(
    record<{ code: string; reason: string | undefined; detailCode: string | undefined }>('Refusal', {
      code: { kind: 'one-of', values: refusals },
      reason: { kind: 'optional', of: { kind: 'text' } },
      detailCode: { kind: 'optional', of: { kind: 'text' } },
    }),
  )
  const codes = Object.entries(WIRE_CODES).map(([code, meaning]) => `- \`${code}\`：${meaning}`)
  return {
    200: { description: `有答复。\n\n${codes.join('\n')}`, ...json({ oneOf: [answered, text] }) },
    400: { description: '请求有误，没有办；网关当作结果不明' },
    401: { description: '签名不符，没有办；网关当作结果不明' },
    503: { description: 'HIS 自己也不知道办没办成' },
  }
}

function json(schema: JsonSchema): JsonSchema {
  return { content: { 'application/json': { schema } } }
}
