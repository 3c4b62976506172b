// All plugins of December 2024, by falling priority.
import { brotli, grpcWeb, gzip } from './arming.js'
import { echo } from './echo.js'
import { ipRestriction } from './ip-restriction.js'
import { limitCount } from './limit-count.js'
import type { PluginType } from './plugin.js'
import { prometheus } from './prometheus.js'
import { proxyRewrite } from './proxy-rewrite.js'
import { redirect } from './redirect.js'

export const pluginTypes: readonly PluginType[] = [
  ipRestriction,
  proxyRewrite,
  redirect,
  limitCount,
  brotli,
  gzip,
  grpcWeb,
  prometheus,
  echo,
]
