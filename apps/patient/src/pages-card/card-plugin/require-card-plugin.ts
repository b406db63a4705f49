import { type CardPlugin, isCardPlugin } from '../../platform/health-card-plugin.ts'

declare function requirePlugin(name: string): unknown

/**
 * Stands in the subpackage that declares the plugin, and with a literal name: WeChat looks for both.
 * Undefined where the plugin is not there, e.g. in the developer tools without its permission.
 */
export function requireCardPlugin(): CardPlugin | undefined {
  try {
    const plugin = requirePlugin('healthCardPlugins')
    return isCardPlugin(plugin) ? plugin : undefined
  } catch {
    return undefined
  }
}
