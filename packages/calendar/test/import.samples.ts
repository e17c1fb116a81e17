// Small sources of each format, whole and correct.

const lines = (...text: string[]): string => `${text.join('\r\n')}\r\n`

export const ICAL_HOLIDAYS = lines(
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'X-WR-TIMEZONE:Europe/Paris',
  'BEGIN:VTIMEZONE',
  'TZID:Paris of our own',
  'X-LIC-LOCATION:Europe/Paris',
  'BEGIN:STANDARD',
  'DTSTART:19701025T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'END:STANDARD',
  'END:VTIMEZONE',
  'BEGIN:VEVENT',
  'UID:1',
  'DTSTART;VALUE=DATE:20201225',
  'RRULE:FREQ=YEARLY',
  'SUMMARY:Christmas\\, a name that is long enough to be folded onto a second lin',
  ' e',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:2',
  'DTSTART;VALUE=DATE:20260501',
  'DTEND;VALUE=DATE:20260503',
  'SUMMARY:Two days',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:3',
  'DTSTART;TZID=Paris of our own:20260105T120000',
  'DTEND;TZID=Paris of our own:20260105T130000',
  'RRULE:FREQ=WEEKLY;COUNT=4',
  'EXDATE;TZID=Paris of our own:20260112T120000',
  'SUMMARY:Team lunch',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:3',
  'RECURRENCE-ID;TZID=Paris of our own:20260119T120000',
  'DTSTART;TZID=Paris of our own:20260119T140000',
  'DURATION:PT30M',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:4',
  'DTSTART;VALUE=DATE:20260714',
  'STATUS:CANCELLED',
  'SUMMARY:Cancelled',
  'END:VEVENT',
  'END:VCALENDAR',
)

export const ICAL_HOURS = lines(
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  'DTSTART;TZID=Europe/Berlin:20260105T090000',
  'DTEND;TZID=Europe/Berlin:20260105T170000',
  'RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20260630T215959Z',
  'EXDATE;TZID=Europe/Berlin:20260106T090000',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'DTSTART;TZID=Europe/Berlin:20260110T220000',
  'DTEND;TZID=Europe/Berlin:20260111T030000',
  'RDATE;TZID=Europe/Berlin:20260117T220000',
  'END:VEVENT',
  'END:VCALENDAR',
)

/** The example of RFC 7953, section 5, in short: office hours, and a week at another place with priority. */
export const ICAL_AVAILABILITY = lines(
  'BEGIN:VCALENDAR',
  'BEGIN:VAVAILABILITY',
  'BEGIN:AVAILABLE',
  'DTSTART;TZID=America/Montreal:20111002T090000',
  'DTEND;TZID=America/Montreal:20111002T170000',
  'RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  'END:AVAILABLE',
  'END:VAVAILABILITY',
  'BEGIN:VAVAILABILITY',
  'PRIORITY:1',
  'DTSTART;TZID=America/Montreal:20111017T000000',
  'DTEND;TZID=America/Montreal:20111024T000000',
  'BEGIN:AVAILABLE',
  'DTSTART;TZID=America/Montreal:20111017T120000',
  'DTEND;TZID=America/Montreal:20111017T150000',
  'RRULE:FREQ=DAILY;UNTIL=20111021T235959Z',
  'END:AVAILABLE',
  'END:VAVAILABILITY',
  'END:VCALENDAR',
)

export const OSM = [
  'Mo-Fr 09:00-18:00',
  'Mo-Fr 09:00-13:00,14:00-18:00; Sa 10:00-14:00; Su,PH off',
  '24/7; Dec 25 off',
  'Mo,We,Fr 08:00-12:00, Fr 22:00-26:00',
  'Mo-Su 10:00-20:00; Dec 24-26,31 off; 2026 Nov 02 10:00-12:00',
  'Jun-Aug Mo-Fr 08:00-16:00; 2026 Dec 28-2027 Jan 5 off "holidays"',
]

export const SCHEMA_ORG = JSON.stringify({
  '@context': 'https://schema.org',
  '@type': 'Store',
  openingHoursSpecification: [
    {
      '@type': 'OpeningHoursSpecification',
      dayOfWeek: ['Monday', 'https://schema.org/Tuesday'],
      opens: '09:00',
      closes: '17:00',
    },
    { '@type': 'OpeningHoursSpecification', dayOfWeek: 'Saturday', opens: '22:00', closes: '04:00' },
    {
      dayOfWeek: ['Monday'],
      opens: '10:00',
      closes: '12:00',
      validFrom: '2026-07-01',
      validThrough: '2026-08-31',
    },
  ],
  specialOpeningHoursSpecification: [
    { opens: '00:00', closes: '00:00', validFrom: '2026-12-25', validThrough: '2026-12-25' },
    { opens: '00:00', closes: '23:59', validFrom: '2026-12-31', validThrough: '2026-12-31' },
  ],
})

export const BIZ = JSON.stringify({
  hours: { mon: { '09:00': '12:00', '13:00': '17:00' }, sat: { '10:00': '24:00' }, sun: {} },
  shifts: { '2026-01-03': { '09:00': '12:00' }, '2026-01-01': { '09:00': '12:00' } },
  breaks: { '2026-01-05': { '10:00': '10:30' } },
  holidays: ['2026-01-01', '2026-12-25'],
  time_zone: 'America/Los_Angeles',
})

export const ZENDESK = JSON.stringify({
  schedule: {
    name: 'EMEA',
    time_zone: 'Eastern Time (US & Canada)',
    intervals: [
      { start_time: 1980, end_time: 2460 },
      { start_time: 10020, end_time: 10080 },
      { start_time: 0, end_time: 60 },
    ],
  },
  holidays: [{ name: 'New Year', start_date: '2026-12-31', end_date: '2027-01-01' }],
})

export const SALESFORCE = JSON.stringify({
  businessHours: {
    Name: 'Default',
    IsActive: true,
    TimeZoneSidKey: 'Europe/London',
    MondayStartTime: '09:00:00.000Z',
    MondayEndTime: '17:00:00.000Z',
    TuesdayStartTime: '00:00:00.000Z',
    TuesdayEndTime: '00:00:00.000Z',
    WednesdayStartTime: null,
    WednesdayEndTime: null,
    FridayStartTime: '18:00:00.000Z',
    FridayEndTime: '00:00:00.000Z',
  },
  holidays: [
    { Name: 'May Day', ActivityDate: '2026-05-04', IsAllDay: true },
    {
      Name: 'Half day',
      ActivityDate: '2026-12-24',
      IsAllDay: false,
      StartTimeInMinutes: 720,
      EndTimeInMinutes: 1440,
    },
    {
      ...{ Name: 'Boxing Day', IsAllDay: true, IsRecurrence: true, RecurrenceType: 'RecursYearly' },
      ...{ RecurrenceStartDate: '2026-12-26', RecurrenceDayOfMonth: 26, RecurrenceMonthOfYear: 'December' },
    },
    {
      ...{ Name: 'Last Friday', IsAllDay: true, IsRecurrence: true, RecurrenceType: 'RecursMonthlyNth' },
      ...{
        RecurrenceStartDate: '2026-01-01',
        RecurrenceInstance: 'Last',
        RecurrenceDayOfWeekMask: 32,
        RecurrenceInterval: 1,
      },
    },
  ],
})
