// What may be a label key and a label value (apimachinery util/validation). Chinese text may not: the reason why a
// display name cannot be found through a selector.

const namePart = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

/** Why `key` is no label key (`[prefix/]name`), or null. */
export function labelKeyProblem(key: string): string | null {
  const parts = key.split('/')
  if (parts.length > 2) return `"${key}"：键最多一个"/"，形如 前缀/名称`
  const name = parts.at(-1) ?? ''
  const prefix = parts.length === 2 ? parts[0]! : null
  if (prefix !== null) {
    if (prefix === '') return `"${key}"：前缀不能为空`
    if (prefix.length > 253) return `"${key}"：前缀超过253个字符`
    if (!dnsSubdomain.test(prefix)) return `"${key}"：前缀必须是小写的DNS子域名`
  }
  if (name === '') return `"${key}"：键的名称不能为空`
  if (name.length > 63) return `"${key}"：键的名称超过63个字符`
  if (!namePart.test(name)) return `"${key}"：名称只能含字母、数字、"-"、"_"、"."，首尾须为字母或数字`
  return null
}

/** Why `value` is no label value (empty is one), or null. */
export function labelValueProblem(value: string): string | null {
  if (value.length > 63) return `"${value}"：值超过63个字符`
  if (value !== '' && !namePart.test(value))
    return `"${value}"：值只能含字母、数字、"-"、"_"、"."，首尾须为字母或数字`
  return null
}
