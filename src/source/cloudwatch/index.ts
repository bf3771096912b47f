export { fieldsOfLogFormat, formatOfGroup, type LogFormat } from './log-format.js'
export { openLogGroup, regionOfGroup, type LogGroup, type LogGroupOptions } from './log-group.js'
export type { EventKey, EventStretch } from './stretch.js'
