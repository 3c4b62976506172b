// Former addresses of documents and feeds as the old site names them: those that the new one would refuse are told and left out.
import type { MoreFeed } from '../config/types.js'
import { isRefusal, readAddress } from '../content/address.js'

export function keptAliases(aliases: readonly string[], warn: (what: string) => void): string[] {
  return [...new Set(aliases)].filter((alias) => {
    const address = readAddress(alias)
    if (isRefusal(address)) warn(`the former address ${alias} cannot be kept: ${address.what}`)
    return !isRefusal(address)
  })
}

export function keptFeeds(feeds: readonly MoreFeed[], warn: (what: string) => void): MoreFeed[] {
  return feeds.filter(({ url }) => {
    const address = readAddress(url)
    if (isRefusal(address)) warn(`the feed's address ${url} cannot be kept: ${address.what}`)
    return !isRefusal(address)
  })
}
