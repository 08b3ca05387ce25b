export type {RemoteSynthesizerOptions} from './options.js';
export type {ReconnectOptions} from './reconnect.js';
export {RemoteSynthesizer} from './remote-synthesizer.js';
