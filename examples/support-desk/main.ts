// Prints the month and the statement. After `npm run build:js`, from the root of the repository:
//   npx esbuild examples/support-desk/main.ts --bundle --platform=node --format=esm | node --input-type=module

import { report, statement } from './month.js'

for (const line of [...report(), '', ...statement()]) console.log(line)
