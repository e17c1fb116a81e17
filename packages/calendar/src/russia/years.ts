// The Russian production calendar as yearly data: what the Labour Code fixes and what each year's decree moves. Only years
// whose decree is signed stand here; transfers cannot be computed, they are decreed.

/** A date on which one works or rests otherwise than its weekday says. */
export interface Transfer {
  /** A Saturday or Sunday that would have been a day off. */
  readonly from: string
  /** The working day that becomes a day off instead. */
  readonly to: string
}

/**
 * One year for the five-day week.
 *
 * @category definitions
 */
export interface RussianYear {
  readonly year: number
  /** Days off that moved from a weekend; a Saturday given away that is no holiday itself is worked. */
  readonly transfers: readonly Transfer[]
  /** Working days an hour shorter: the eve of a holiday (Labour Code, article 95), or the Saturday worked for one. */
  readonly shortened: readonly string[]
  /** Working days in the year. */
  readonly workingDays: number
  /** Working hours of the year at 40 hours a week. */
  readonly workingHours: number
  /** Where the transfers are decreed. */
  readonly source: string
}

/** A holiday of article 112 of the Labour Code: every year on this date. */
export interface FixedHoliday {
  /** `MM-DD` */
  readonly date: string
  readonly name: string
}

/**
 * Non-working holidays of article 112 of the Labour Code.
 *
 * @category definitions
 */
export const RUSSIAN_HOLIDAYS: readonly FixedHoliday[] = [
  ...['01-01', '01-02', '01-03', '01-04', '01-05', '01-06'].map((date) => ({
    date,
    name: 'New Year holidays',
  })),
  { date: '01-07', name: 'Christmas' },
  { date: '01-08', name: 'New Year holidays' },
  { date: '02-23', name: 'Defender of the Fatherland Day' },
  { date: '03-08', name: "International Women's Day" },
  { date: '05-01', name: 'Spring and Labour Day' },
  { date: '05-09', name: 'Victory Day' },
  { date: '06-12', name: 'Russia Day' },
  { date: '11-04', name: 'National Unity Day' },
]

/**
 * The years known here.
 *
 * @category definitions
 */
export const RUSSIAN_YEARS: readonly RussianYear[] = [
  {
    year: 2024,
    transfers: [
      { from: '2024-01-06', to: '2024-05-10' },
      { from: '2024-01-07', to: '2024-12-31' },
      { from: '2024-04-27', to: '2024-04-29' },
      { from: '2024-11-02', to: '2024-04-30' },
      { from: '2024-12-28', to: '2024-12-30' },
    ],
    // 2 November stands for 30 April, the eve of a holiday
    shortened: ['2024-02-22', '2024-03-07', '2024-05-08', '2024-06-11', '2024-11-02'],
    workingDays: 248,
    workingHours: 1_979,
    source:
      'Decree of the Government of the Russian Federation No. 1314 of 10 August 2023; Labour Code, articles 95 and 112',
  },
  {
    year: 2025,
    transfers: [
      { from: '2025-01-04', to: '2025-05-02' },
      { from: '2025-01-05', to: '2025-12-31' },
      { from: '2025-02-23', to: '2025-05-08' },
      { from: '2025-03-08', to: '2025-06-13' },
      { from: '2025-11-01', to: '2025-11-03' },
    ],
    // 1 November stands for 3 November, the eve of a holiday
    shortened: ['2025-03-07', '2025-04-30', '2025-06-11', '2025-11-01'],
    workingDays: 247,
    workingHours: 1_972,
    source:
      'Decree of the Government of the Russian Federation No. 1335 of 4 October 2024; Labour Code, articles 95 and 112',
  },
  {
    year: 2026,
    transfers: [
      { from: '2026-01-03', to: '2026-01-09' },
      { from: '2026-01-04', to: '2026-12-31' },
      // by article 112 itself: a holiday on a weekend moves to the next working day
      { from: '2026-03-08', to: '2026-03-09' },
      { from: '2026-05-09', to: '2026-05-11' },
    ],
    shortened: ['2026-04-30', '2026-05-08', '2026-06-11', '2026-11-03'],
    workingDays: 247,
    workingHours: 1_972,
    source:
      'Decree of the Government of the Russian Federation No. 1466 of 24 September 2025; Labour Code, articles 95 and 112',
  },
]
