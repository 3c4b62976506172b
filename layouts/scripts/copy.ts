// A copy button on each block of code. Its words stand on <body data-copy …>, because they are in the page's language.

/** How long the answer stays, in milliseconds. */
const answerTime = 1600

export function offerCopying(): void {
  const { copy = '', copied = '', copyFailed = '' } = document.body.dataset
  if (!navigator.clipboard) return
  for (const figure of document.querySelectorAll('figure.code')) {
    const code = figure.querySelector('code')
    if (!code) continue
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'copy'
    button.textContent = copy
    // What the button says is told to screen readers when it changes.
    button.setAttribute('aria-live', 'polite')
    button.addEventListener('click', async () => {
      button.textContent = await write(code.textContent ?? '').then(
        () => copied,
        () => copyFailed,
      )
      button.dataset['state'] = 'answered'
      setTimeout(() => {
        button.textContent = copy
        delete button.dataset['state']
      }, answerTime)
    })
    figure.append(button)
  }
}

const write = (text: string): Promise<void> => navigator.clipboard.writeText(text.replace(/\n$/, ''))
