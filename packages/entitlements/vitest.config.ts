import { suite } from '../../.config/vitest.js'

export default suite(import.meta.dirname)
