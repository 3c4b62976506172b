// Pictures that are documents: each would run `pwned()`, or fetch something, when it is opened.
const svg = (inside: string, attributes = ''): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"${attributes}>${inside}</svg>`

export const hostileSvg: Readonly<Record<string, string>> = {
  script: svg('<script>pwned()</script>'),
  'script by reference': svg('<script href="data:text/javascript,pwned()"/>'),
  'script with a prefix': svg('<x:script xmlns:x="http://www.w3.org/2000/svg">pwned()</x:script>'),
  'script of HTML': svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml">pwned()</h:script>'),
  'script in CDATA': svg('<script><![CDATA[pwned()]]></script>'),
  load: svg('', ' onload="pwned()"'),
  begin: svg('<animate onbegin="pwned()" attributeName="x" dur="1s"/>'),
  'script of an entity': `<!DOCTYPE svg [<!ENTITY x "<script xmlns='http://www.w3.org/2000/svg'>pwned()</script>">]>${svg('&x;')}`,
  'foreign object': svg(
    '<foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" srcdoc="&lt;script>parent.pwned()&lt;/script>"/></foreignObject>',
  ),
  'HTML by namespace': svg('<g xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="pwned()"/></g>'),
  link: svg('<a href="javascript:pwned()"><rect width="99" height="99"/></a>'),
  'link that is set': svg(
    '<a><set attributeName="href" to="javascript:pwned()"/><rect width="99" height="99"/></a>',
  ),
  use: svg('<use xlink:href="https://evil.example/x.svg#a"/>'),
  image: svg('<image href="https://evil.example/x.png"/>'),
  'image of SVG': svg('<image href="data:image/svg+xml,%3Csvg/%3E"/>'),
  style: svg('<style>@import "https://evil.example/x.css";</style>'),
  'style attribute': svg('<rect style="fill:url(https://evil.example/x#a)"/>'),
  'value with an address': svg('<rect fill="url(https://evil.example/x#a)"/>'),
  'style sheet': `<?xml-stylesheet href="data:text/css,x"?>${svg('')}`,
  handler: svg('', ' onunload="pwned()"'),
  'no XML': '<svg onload=pwned()><p>',
  'no SVG': '<html xmlns="http://www.w3.org/1999/xhtml"><script>pwned()</script></html>',
}
