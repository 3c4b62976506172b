// Which stories there are, by name: enough to offer them; the scripts themselves are `stories.ts`.

export const playbill: readonly { readonly id: string; readonly title: string }[] = [
  { id: 'base', title: '一条完整的线：从LIST到墓碑' },
  { id: 'ghost', title: '错误一：不处理墓碑' },
  { id: 'upsert', title: '错误二：不做upsert' },
  { id: 'synced', title: '错误三：informer.HasSynced就放行' },
  { id: 'bookmark', title: '没有书签会怎样' },
]
