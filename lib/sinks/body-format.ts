import {type AudioFormat, isAudioFormat} from '../audio/formats.js';
import {outputRate, type TranscodeTarget, targetNamed} from '../transcode/targets.js';

/** What a body may be: samples as they are, also in a WAV with placeholder sizes, or encoded by ffmpeg. */
export type BodyFormat = AudioFormat | TranscodeTarget;

/** A `BodyFormat` at a rate. */
export interface BodyKind {
	readonly contentType: string;
	/** Hz of what the bytes hold: a codec that lacks the rate asked for takes the next that it has, Opus always 48,000. */
	readonly sampleRate: number;
	/** What speech gives: the format itself, or what the encoder takes. */
	readonly audio: AudioFormat;
	/** What ffmpeg makes of it, if it is needed. */
	readonly target: TranscodeTarget | undefined;
}

/**
 * What a body of that format is, its speech being at `rate` Hz; for the headers of a HEAD, too. Throws OPTION_INVALID for a
 * format that there is not.
 */
export function bodyKind(format: BodyFormat, rate: number): BodyKind {
	if (isAudioFormat(format))
		return {contentType: audioType(format, rate), sampleRate: rate, audio: format, target: undefined};
	const sampleRate = outputRate(targetNamed(format), rate);
	return {contentType: encodedTypes[format], sampleRate, audio: 'pcm_s16le', target: format};
}

/** RFC 3003, 7845 and 5334, 9639, 4337; `audio/aac` and `audio/webm` as the browsers know them. */
const encodedTypes: Readonly<Record<TranscodeTarget, string>> = {
	mp3: 'audio/mpeg',
	opus: 'audio/ogg; codecs=opus',
	aac: 'audio/aac',
	m4a: 'audio/mp4',
	flac: 'audio/flac',
	ogg: 'audio/ogg; codecs=vorbis',
	webm: 'audio/webm; codecs=opus',
	wav: 'audio/wav',
};

/** RFC 2046 (`audio/basic`: µ-law at 8 kHz), RFC 4856 (G.711 at other rates). `audio/L16` would be big-endian. */
function audioType(format: AudioFormat, rate: number): string {
	switch (format) {
		case 'pcm_s16le':
			return `audio/pcm; rate=${rate}`;
		case 'pcm_f32le':
			return 'application/octet-stream';
		case 'mulaw':
			return rate === 8000 ? 'audio/basic' : `audio/PCMU; rate=${rate}`;
		case 'alaw':
			return `audio/PCMA; rate=${rate}`;
		default:
			return 'audio/wav';
	}
}
