import { databasePath, parseWal } from '../../content/projects/vaultwarden-litestream/demo/core/index.js'
import type { ready } from './vaultwarden-world.js'

export const walOf = (container: ReturnType<typeof ready>['container']) =>
  parseWal(container.disk.read(`${databasePath}-wal`))
