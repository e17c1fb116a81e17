export const runs = (n: { test: number; ci: number; soak: number }): number => n.test * Number(process.env['TMPX'] ?? 1)
