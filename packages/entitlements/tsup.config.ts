import { library } from '../../.config/tsup.js'

export default library(import.meta.dirname)
