export type {AudioFormat, Encoding} from './audio/formats.js';
export {type CaptionFormat, type CaptionsOptions, captions} from './captions/captions.js';
export type {Engine, EngineLoad, Piece, RenderOptions, Utterance, UtteranceWord} from './engines/engine.js';
export {
	defaultSynthesizer,
	LocalSynthesizer,
	type LocalSynthesizerOptions,
	type PhonemesOptions,
} from './engines/local-synthesizer.js';
export type {RuntimeChoice, RuntimeReport} from './engines/neural/runtime-choice.js';
export type {TextPhonemes} from './engines/phonemes/phonemes.js';
export {speakUtterances} from './engines/speak.js';
export {type Delivered, type ErrorCode, errorCodes, isAbort, SpeechError} from './errors.js';
export {type LexiconEntry, lexiconKey, type UserLexicon} from './lexicon/entries.js';
export {readLexicon} from './lexicon/read.js';
export type {BodyFormat} from './sinks/body-format.js';
export {type ToFileOptions, toFile} from './sinks/file.js';
export type {NodeResponse, ReplyLike} from './sinks/outlet.js';
export {type SpeechBody, type SpeechBodyOptions, speechBody} from './sinks/speech-body.js';
export {type RequestLike, type SpeechResponseOptions, speechResponse} from './sinks/speech-response.js';
export {type StreamSpeechOptions, streamSpeech} from './sinks/stream-speech.js';
export {
	type AudioEvent,
	type Flush,
	flush,
	type Pauses,
	type Range,
	type SpeakOptions,
	type SpeechEvent,
	type Synthesizer,
	type SynthesizerLoad,
	type TimedWord,
	type UnspokenEvent,
	type UtteranceEvent,
	type Voice,
	type VoiceChoice,
	type WordEvent,
	type WordTimes,
} from './synthesizer.js';
export type {CommandFunction} from './transcode/command.js';
export {type FoundFfmpeg, findFfmpeg} from './transcode/ffmpeg.js';
export type {InputFormat} from './transcode/input.js';
export {FfmpegPool, type FfmpegPoolOptions} from './transcode/pool.js';
export type {TranscodeTarget} from './transcode/targets.js';
export {type TranscodeOptions, transcode} from './transcode/transcode.js';
export type {DialogueLine} from './transform/dialogue.js';
export type {SpeechStreamEvents} from './transform/events.js';
export type {Heard} from './transform/heard-track.js';
export type {TTSTransformOptions} from './transform/options.js';
export type {Timeline} from './transform/timeline.js';
export {TTSTransform} from './transform/tts-transform.js';
export {version} from './version.js';
