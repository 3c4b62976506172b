// The package that draws diagrams, as a file of its own: fetched when the first diagram comes near.
export { default } from 'mermaid'
