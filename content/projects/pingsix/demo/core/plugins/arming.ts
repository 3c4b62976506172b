// The plugins that only arm a module before the request is looked at: gzip, brotli and grpc-web. What the module
// then does is in `compress.ts`; gRPC itself is not simulated.
import { asOptions, flag, wholeOr } from './options.js'
import type { PluginType } from './plugin.js'

const compressor = (name: 'gzip' | 'brotli', priority: number): PluginType => ({
  name,
  priority,
  options: ['comp_level', 'decompression'],
  create(value) {
    const options = asOptions(value)
    const level = wholeOr(options, 'comp_level', 1)
    const decompress = flag(options, 'decompression', false)
    return () => ({
      name,
      priority,
      early(context) {
        context.compression[name] = level
        context.compression.decompress = decompress
        context.note(`启用${name}压缩模块，级别${level}`)
      },
    })
  },
})

export const brotli = compressor('brotli', 996)
export const gzip = compressor('gzip', 995)

export const grpcWeb: PluginType = {
  name: 'grpc-web',
  priority: 505,
  options: [],
  create: () => () => ({
    name: 'grpc-web',
    priority: 505,
    early(context) {
      context.grpcWeb = true
      context.note('启用gRPC-web桥接（这里只示意，不模拟）')
    },
  }),
}
