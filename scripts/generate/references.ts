import { openApiDocument } from '@zhangyi/his'
import { errorsReference } from './errors.ts'
import { hospitalsReference } from './hospitals.ts'
import { openapiReference } from './openapi.ts'
import { settingsReference } from './settings.ts'

/** Every generated reference, ours and the one that a HIS's vendor implements, as the file's path from the root of the repository and its whole text. */
export async function makeReferences(): Promise<Readonly<Record<string, string>>> {
  return {
    'docs/reference/settings.md': settingsReference(),
    'docs/reference/hospitals.md': hospitalsReference(),
    'docs/reference/errors.md': errorsReference(),
    'docs/reference/openapi.json': await openapiReference(),
    'packages/his/openapi/his.openapi.json': `${JSON.stringify(openApiDocument(), null, 2)}\n`,
  }
}
