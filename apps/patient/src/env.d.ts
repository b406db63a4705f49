interface ImportMetaEnv {
  /** Where the gateway answers, e.g. https://zhangyi.example.cn; only the mini program needs it. */
  readonly VITE_ZHANGYI_ORIGIN?: string
  /** Hosts a web-view may show, comma separated, e.g. "h5.example.cn,127.0.0.1:7002". */
  readonly VITE_ZHANGYI_WEB_HOSTS?: string
  /** Mini program only, when one gateway serves several hospitals: the id of this one. */
  readonly VITE_ZHANGYI_HOSPITAL?: string
  /**
   * Development only: where the sandbox gives a wechatCode in place of the plugin, and for which person, e.g.
   * "http://127.0.0.1:9100/platforms/health-card/actions/wechat-code" and "lihua".
   */
  readonly VITE_ZHANGYI_BRIDGE_CODE?: string
  readonly VITE_ZHANGYI_BRIDGE_PERSON?: string
}
