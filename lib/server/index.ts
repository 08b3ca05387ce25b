export {defaultLimits, type Limits} from './limits.js';
export type {ServerLog} from './log.js';
export type {ListenOptions, SpeechServerOptions} from './options.js';
export {createServer, type SpeechServer} from './server.js';
