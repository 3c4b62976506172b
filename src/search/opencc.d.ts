// The package's own types leave its dictionaries out.
declare module 'opencc-js/dict/TSCharacters' {
  /** `萬 万|與 与|…` */
  const table: string
  export default table
}
