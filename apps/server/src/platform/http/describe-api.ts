import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import type { Http } from './build-http.ts'

/** `GET /openapi.json` and `/docs`, made from the schemas beside the handlers. Must run before routes are added. */
export async function describeApi(http: Http, version: string): Promise<void> {
  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: '掌医网关 Zhangyi gateway', version, description: '医院与微信之间的开放网关。' },
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: '小程序登录得到的令牌；H5 使用同名 Cookie。',
          },
        },
      },
    },
    transform: jsonSchemaTransform,
  })
  await http.register(swaggerUi, { routePrefix: '/docs', staticCSP: true, theme: { title: '掌医接口文档' } })
  http.get('/openapi.json', { schema: { hide: true } }, () => http.swagger())
}
