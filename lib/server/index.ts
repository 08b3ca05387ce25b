export {defaultLimits, type Limits} from './limits.js';
export type {ServerLog} from './log.js';
export {createServer, type ListenOptions, type SpeechServer, type SpeechServerOptions} from './server.js';
