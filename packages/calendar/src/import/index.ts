// Opening hours and holidays of other programs: one importer a format, and exporters where the format can say what a calendar
// says. Importers accept hostile texts and values; what they cannot say is in the notes.

export type { BizSchedule } from './biz.js'
export { fromBiz, toBiz } from './biz.js'
export { fromICalendar } from './ical/read.js'
export type { ICalendarOptions } from './ical/write.js'
export { toICalendar } from './ical/write.js'
export type { Importer, ImporterName } from './importers.js'
export { importers } from './importers.js'
export { fromOsm } from './osm/read.js'
export { toOsm } from './osm/write.js'
export type {
  ExportResult,
  Imported,
  ImportIssue,
  ImportNote,
  ImportOptions,
  ImportResult,
} from './report.js'
export { importMessage } from './report.js'
export { fromSalesforce } from './salesforce.js'
export type { OpeningHoursSpecification } from './schema-org.js'
export { fromSchemaOrg, toSchemaOrg } from './schema-org.js'
export type { ZendeskSchedule } from './zendesk.js'
export { fromZendesk, toZendesk } from './zendesk.js'
