// Former addresses as the old front matter names them: those that the new one would refuse are told and left out.
import { isRefusal, readAddress } from '../content/address.js'

export function keptAliases(aliases: readonly string[], warn: (what: string) => void): string[] {
  return [...new Set(aliases)].filter((alias) => {
    const address = readAddress(alias)
    if (isRefusal(address)) warn(`the former address ${alias} cannot be kept: ${address.what}`)
    return !isRefusal(address)
  })
}
