// The words of the benchmark's posts: Chinese prose about programming with English terms, and code in a few languages.
// In a sentence `{n}` is a thing, `{v}` a deed, `{a}` a quality, `{w}` somebody, `{e}` an English term, `{c}` code.
// In code `NAME`, `THING`, `TYPE` and `NUM` are replaced.
const words = (text) => text.trim().split(/\s+/)

export const tags =
  words(`数据库 编译器 rust go typescript linux 网络 前端 性能 测试 日志 容器 缓存 安全 读书 随笔
  算法 调试 内存 并发 架构 工具 写作 git sqlite nginx redis 消息队列 监控 文件系统 协议 键盘 翻译 开源 年终总结 机器学习`)
export const things =
  words(`索引 队列 线程池 快照 事务 语法树 词法分析器 模板 路由 会话 权限表 备份 日志段 页缓存 锁 迭代器 闭包 回调
  序列化格式 时间线 版本号 构建脚本 依赖图 配置项 命令行参数 测试桩 监控曲线 告警 压缩算法 哈希表 前缀树 环形缓冲区`)
export const deeds = words(`重写 拆开 合并 验证 测量 替换 缓存 推迟 回滚 追踪 删掉 简化 隔离 复现`)
export const qualities = words(`简单 脆弱 可靠 昂贵 直白 隐蔽 一致 松散 可预测 容易误解`)
export const people = words(`我 我们 同事 值班的人 维护者 新来的同学 读者`)
export const terms =
  words(`SQLite WAL B-tree epoll io_uring Raft gRPC HTTP/3 TLS QUIC mmap eBPF JIT AST SIMD LRU MVCC Bloom-filter
  cgroup systemd Kafka Redis Postgres WebAssembly Vite React unified Markdown Unicode`)
export const names =
  words(`loadPage buildIndex splitChunk next_token flush_queue with_retry parseFrame applyPatch
  resolve_link spawnWorker`)
export const slugs = words(
  `index queue cache parser lock thread query render socket page backup trace schema router`,
)

export const sentences =
  words(`{w}原以为{n}足够{a}，后来才发现问题出在{n}上。 先{v}{n}，再去看{e}的表现，顺序不能反。
  {e}的文档里没有提到，{c}会在{n}为空时直接返回。 如果{n}不够{a}，那么{v}它就是早晚的事。
  {w}把{n}和{n}分开存放，这样{e}重启之后也能继续。 这一段{n}的写法并不{a}，但是改起来要小心。
  从曲线上看，{e}每次都会多做一遍无用功。 {w}试着用{c}绕过去，结果{n}变得更难解释。
  说到底，{n}和{n}之间总要有一边让步。 所以{w}最后决定{v}{n}，只留下{e}那一层。
  测量之前，谁也说不清{n}到底慢在哪里。 {c}的返回值没有人检查，{n}就这样悄悄地坏了。
  读{e}的源码时，{w}注意到{n}其实只有一份。 这里的数字来自一台旧笔记本，只能互相比较。
  与其猜测{n}的行为，不如写一个{a}的小程序去{v}它。 当{e}与{n}同时出现，事情就不那么{a}了。
  回头再看，那次{v}虽然仓促，方向却没有错。 {n}一旦公开，就不再属于{w}了。`)
export const headings = words(
  `起因 现象 第一次尝试 为什么是{n} {e}怎么做 {n}的形状 实现 测量 结果 意外 和{e}比较 小结 后来`,
)

export const code = {
  rust: `use std::collections::HashMap;

/// Counts every THING by its kind.
pub fn NAME(items: &[TYPE]) -> HashMap<String, usize> {
    let mut found = HashMap::with_capacity(NUM);
    for item in items.iter().filter(|one| !one.hidden) {
        *found.entry(item.kind.clone()).or_insert(0) += 1; // 计数
    }
    found
}`,
  go: `package main

import "fmt"

// NAME gives up after NUM tries.
func NAME(in <-chan TYPE) error {
	for i := 0; i < NUM; i++ {
		THING, ok := <-in
		if !ok {
			return fmt.Errorf("closed after %d", i)
		}
		fmt.Printf("%v\\n", THING)
	}
	return nil
}`,
  typescript: `interface TYPE {
  readonly id: number
  readonly title: string
  tags?: readonly string[]
}

export async function NAME(path: string, limit = NUM): Promise<TYPE[]> {
  const list = JSON.parse(await readFile(path, 'utf8')) as TYPE[]
  return list.filter(({ tags }) => tags?.length).slice(0, limit) // 只要带标签的
}`,
  python: `from dataclasses import dataclass


@dataclass
class TYPE:
    name: str
    size: int = NUM


def NAME(root, limit=NUM):
    """读取 root 下的每个文件。"""
    found = {}
    for path in sorted(root.glob("**/*.md"))[:limit]:
        found[path.stem] = TYPE(path.stem, len(path.read_text()))
    return found`,
  sql: `CREATE TABLE THING (
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL UNIQUE,
  made  TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
-- 最近 NUM 条
SELECT name, COUNT(*) AS total FROM THING
WHERE made > '2020-01-01' GROUP BY name HAVING total > NUM LIMIT 20;`,
  bash: `#!/bin/sh
set -eu
for file in ./THING/*.json; do
  name=$(basename "$file" .json)
  jq -r '.id' "$file" >> "out/$name.txt" || echo "skip $name" >&2
done # 共 NUM 个`,
  yaml: `name: THING
replicas: NUM
env:
  - name: LEVEL
    value: info # 生产环境用 warn
limits: { cpu: 2, memory: NUMMi }`,
}
