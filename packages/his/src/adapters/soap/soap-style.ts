import * as z from 'zod'

const elementName = z.string().regex(/^[\p{L}_][\p{L}\p{N}._-]*$/u, '不是有效的 XML 元素名')

/** How a vendor wraps a piece of XML in SOAP. */
export const soapStyleSchema = z.strictObject({
  version: z.enum(['1.1', '1.2']).default('1.1'),
  namespace: z.string().min(1),
  /** Element of the call; `{code}` for a vendor with one method a trade. */
  method: z.string().min(1),
  /** Parameters in their order; `{code}` is the trade code, `{xml}` the inner XML, `{settings.…}` a setting. */
  parameters: z.record(elementName, z.string()).default({ xml: '{xml}' }),
  /** `namespace` + method when absent. */
  soapAction: z.string().optional(),
  /** Prefix of the method's namespace; without one it is the default namespace. */
  prefix: elementName.optional(),
  /** Whether the parameters are in the method's namespace (`elementFormDefault="qualified"`, as .NET). */
  qualified: z.boolean().default(true),
  inner: z.enum(['cdata', 'escaped']).default('escaped'),
  innerDeclaration: z.boolean().default(true),
  /** Element of the reply that holds the result; method + `Result` when absent. */
  resultElement: z.string().optional(),
  /** Root of the inner XML of a request. */
  requestRoot: elementName.default('Request'),
  /** Root of the inner XML of a reply; any when absent. */
  responseRoot: elementName.optional(),
})
export type SoapStyle = z.infer<typeof soapStyleSchema>
