// How much more than `npm test` a run tries: FC_RUNS is 10 in CI and 100 in `npm run soak`. Property tests ask
// `runs` of @clientele/testkit; this is for the configuration itself.

export const factor: number = Number(process.env['FC_RUNS'] ?? 1)
