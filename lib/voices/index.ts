export {dataFolder} from './home.js';
export {type AvailableOptions, availableVoices, type VoiceOffer} from './install/available.js';
export {type InstallEvent, type InstallOptions, installVoices} from './install/install.js';
export {removeVoices} from './install/remove.js';
export type {KokoroModel} from './install/sources.js';
export type {VoiceTerms} from './install/terms.js';
export {type FolderOptions, type VoiceProblem, verifyVoices} from './install/verify.js';
export type {Family, InstalledVoice} from './installed.js';
export {VoiceStore} from './store.js';
