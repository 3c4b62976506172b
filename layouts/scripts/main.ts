// Everything that the theme's pages run. Nothing here is needed to read them.
import { offerCopying } from './copy.js'
import { offerSearch } from './search-open.js'
import { offerThemes } from './theme.js'

offerThemes()
offerCopying()
offerSearch()
