// The four kinds of resources, in the order in which they are loaded.

export const resourceKinds = ['upstreams', 'services', 'global_rules', 'routes'] as const
export type ResourceKind = (typeof resourceKinds)[number]

export const isResourceKind = (text: string): text is ResourceKind =>
  (resourceKinds as readonly string[]).includes(text)
