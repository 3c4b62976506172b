// What surprises in the program of December 2024, and what this page simplifies; shown by the page and the
// walkthrough.

/** Each is true of the real program. Chinese; code between grave accents. */
export const quirks: readonly string[] = [
  '插入路由前先拿新模式当路径查一遍，查到就并进那一格：`/{*rest}`在前，后来的`/api/users`会被吸收。',
  '真实程序按哈希表的次序插入，每次启动都可能不同；本页按文档次序，可以倒过来。',
  '方法不对是404，不是405；主机匹配而路径或方法不匹配时，退到不分主机的路由再找。',
  '路径里的`*`只是普通字符，`{*rest}`至少要匹配一个字符。',
  '`remote_addr`带端口，按它限流等于按连接限流；`cookie`的名字前有空格就找不到。',
  '同一个插件配在全局规则和路由上会跑两次，全局在先；路由与服务同名时只用路由的。',
  '`redirect`的`ret_code`默认900，`regex_uri`不写就是配置错误；`http_to_https`在HTTP/1.1下几乎不会触发。',
  '`pass_host: rewrite`在插件之后执行，盖过`proxy-rewrite`的`host`。',
  '没有健康节点是500，连不上是502；轮询在无人可选时会把计数器空转256步。',
  '`fnv`和`ketama`重试时选中的还是同一个节点，除非健康检查已经摘掉它。',
  '压缩只看`Accept-Encoding`里写在最前、认识的那一个，权重不算；它没启用就不压缩。',
  '服务的`hosts`变了，要等到下一次路由变化才进路由树。',
]

/** What the model leaves out or does otherwise. */
export const simplified: readonly string[] = [
  '网络、DNS、TLS和gRPC是模拟的，域名解析成编造的地址；没有请求离开这个页面。',
  '限流计数用精确的表；真实程序用count-min sketch，键很多时会多算。',
  '同优先级的插件按名字排；真实程序的次序不定。',
  'gzip的大小由浏览器压出来，级别不随`comp_level`；brotli只改响应头。',
  '权重之和限制在5000以内，免得一边打字一边建一个很大的环。',
]
