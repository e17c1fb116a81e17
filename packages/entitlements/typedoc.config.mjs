import { pages } from '../../.config/typedoc.mjs'

export default pages(import.meta.dirname)
