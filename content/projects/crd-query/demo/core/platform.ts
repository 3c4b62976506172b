// The platform around the apiserver: the objects that were there before the story, and everyone who writes: the
// reader, controllers, plugins that report. All writes of the lab go through here; a server that is away refuses them.
import type { Cancel, Clock } from '../../../_kit/clock.js'
import type { Rng } from '../../../_kit/rng.js'
import { ApiServer } from './apiserver.js'
import { newPhase, newProject, seedPlugins, seedProject, seedTemplates } from './gen.js'
import { plugins, tables, templates } from './resources.js'
import { ConnectionRefused } from './status.js'
import type { CustomResource } from './types.js'

export interface PlatformOptions {
  readonly clock: Clock
  readonly rng: Rng
  /** Projects there when the story begins. */
  readonly size: number
  /** Events the watch cache of each kind keeps. */
  readonly window: number
  readonly bookmarkMs: number
}

/** 2024-10-22T02:00:00Z: when the story begins. */
export const epochMs = 1_729_562_400_000

export class Platform {
  readonly server: ApiServer
  readonly #clock: Clock
  readonly #rng: Rng
  readonly #size: number
  #serial = 0
  #downUntilMs = 0
  #stopTraffic: Cancel | null = null

  constructor({ clock, rng, size, window, bookmarkMs }: PlatformOptions) {
    this.#clock = clock
    this.#rng = rng
    this.#size = size
    this.server = new ApiServer({ clock, rng, epochMs, bookmarkMs, window: { lower: window, upper: window } })
    for (const table of tables) this.server.define(table)
    for (const object of seedTemplates(rng, epochMs)) this.server.create(templates.resource, object, true)
    for (const object of seedPlugins(rng, epochMs)) this.server.create(plugins.resource, object, true)
  }

  /** Makes up to `count` of the projects from before the story; false once all are there. */
  seedSome(count: number): boolean {
    const until = Math.min(this.#size, this.#serial + count)
    while (this.#serial < until)
      this.server.create('projects', seedProject(this.#rng, this.#serial++, epochMs), true)
    if (this.#serial < this.#size) return true
    // What is older than the story has left the windows: they begin here.
    this.server.restart()
    return false
  }

  /** The apiserver is away until then (virtual ms). */
  get downUntilMs(): number {
    return this.#downUntilMs
  }
  get isTrafficOn(): boolean {
    return this.#stopTraffic !== null
  }

  /** The apiserver restarts and is back after `ms`. */
  restartServer(ms: number): void {
    this.#downUntilMs = this.#clock.now() + ms
    this.server.restart()
  }

  /** Creates a project, then sets its status as a controller would. Throws ApiErrors, ConnectionRefused. */
  create(object: CustomResource): CustomResource {
    this.#reach()
    const created = this.server.create('projects', object)
    return this.#withStatus(created, object)
  }

  /** Writes spec and labels, then the status. Throws as `create`, and 409 on a stale resourceVersion. */
  update(object: CustomResource): CustomResource {
    this.#reach()
    return this.#withStatus(this.server.update('projects', object), object)
  }

  /** 404, 409. */
  delete(namespace: string, name: string, resourceVersion?: string): void {
    this.#reach()
    this.server.delete('projects', namespace, name, resourceVersion)
  }

  /** A plugin reports: the revision moves, projects do not. */
  beat(): void {
    this.#reach()
    const plugin = this.#rng.pick(this.server.objects('plugins'))
    const beat = Number(plugin.spec?.['beat'] ?? 0) + 1
    this.server.update('plugins', { ...plugin, spec: { ...plugin.spec, beat } })
  }

  /** A project as the generator makes them, not created yet. */
  draft(): CustomResource {
    return { ...newProject(this.#rng, this.#serial++), status: { phase: 'Pending' } }
  }

  /** One write as others on the platform make them. Nothing where the server is away. */
  writeSomething(): void {
    if (this.#clock.now() < this.#downUntilMs) return
    const rng = this.#rng
    const dice = rng.next()
    const existing = this.server.objects('projects')
    if (existing.length < 3 || dice < 0.15) this.create(this.draft())
    else if (dice < 0.3) this.beat()
    else {
      const object = rng.pick(existing)
      const { namespace = '', name } = object.metadata
      if (dice < 0.42) this.delete(namespace, name)
      else if (dice < 0.7)
        this.server.updateStatus('projects', { ...object, status: { phase: newPhase(rng) } })
      else this.server.update('projects', { ...object, spec: { ...object.spec, replicas: 1 + rng.int(16) } })
    }
  }

  /** Others write about three times in two seconds, until told not to. */
  setTraffic(isOn: boolean): void {
    this.#stopTraffic?.()
    this.#stopTraffic = isOn ? this.#clock.every(700, () => this.writeSomething()) : null
  }

  #withStatus(written: CustomResource, { status }: CustomResource): CustomResource {
    return status === undefined ? written : this.server.updateStatus('projects', { ...written, status })
  }

  #reach(): void {
    if (this.#clock.now() < this.#downUntilMs) throw new ConnectionRefused()
  }
}
