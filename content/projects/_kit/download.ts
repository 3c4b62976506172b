// Hands a generated file to the reader as a download. Nothing is uploaded, no address outside the page is used.

/** Offers `content` under `name`. Must be called from a click or key press, or browsers may refuse it. */
export function download(name: string, content: BlobPart, type = 'text/plain;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.hidden = true
  document.body.append(link)
  link.click()
  link.remove()
  // The browser reads the blob after the click returns: free it later, not now.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
