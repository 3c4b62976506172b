// The live lab of the project page. A button first, because SQLite is half a megabyte; only then the lab itself is
// loaded. The static walkthrough stays on the page. Nothing leaves it.
import { h } from '../../_kit/dom.js'
import { createGate } from '../../_kit/gate.js'

/** Puts the gate above the walkthrough in `root`; the lab takes its place once SQLite is there. */
export function mount(root: HTMLElement): void {
  const place = h('div', { class: 'demo-vaultwarden-litestream lab' })
  place.append(
    createGate({
      label: '加载SQLite，开始实验',
      note: '官方WebAssembly版SQLite，压缩后约0.5 MB，来自本站；数据只在这个页面的内存里。',
      busy: '正在加载SQLite，派生主密钥（PBKDF2，60万轮）…',
      load: async () => {
        const { openLab } = await import('./ui/lab.js')
        await openLab(root, place)
      },
    }),
  )
  root.prepend(place)
}
