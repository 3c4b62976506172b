// Every grammar that there is, for documents that ask for a rare one: a module of its own, so that all others load only the
// common ones.
export { all } from 'lowlight'
