import {SpeechError} from '../errors.js';

const names = ['mp3', 'opus', 'aac', 'm4a', 'flac', 'ogg', 'webm', 'wav'] as const;

/** `opus` is Opus in Ogg, `ogg` Vorbis in Ogg, `webm` Opus in WebM, `aac` a bare ADTS stream, `m4a` AAC in MP4, `wav` 16 bits. */
export type TranscodeTarget = (typeof names)[number];

/** What ffmpeg is told for a target. */
export interface Target {
	readonly codec: string;
	/** ffmpeg's name of the container. */
	readonly container: string;
	/** Hz that the codec takes, rising; absent where it takes any. */
	readonly rates?: readonly number[];
	/** Bits per second that it takes at an output rate in Hz; absent where there is no choice. */
	readonly bitrates?: (rate: number) => readonly [min: number, max: number];
	/** What it is told where no bitrate is asked for; `rate` in Hz. */
	readonly quality?: (rate: number) => readonly string[];
	/** What a pipe needs: the container cut into small pieces, so that sound leaves as it is made. */
	readonly pipe?: readonly string[];
	/** What a file, in which one can seek, makes possible. */
	readonly file?: readonly string[];
}

const opus = {
	codec: 'libopus',
	// It takes others too, but the ffmpeg of 2018 then tells the decoder half of the delay: 3 ms late (measured).
	rates: [48_000],
	bitrates: () => [6000, 256_000],
	quality: () => ['-b:a', '48000'],
} satisfies Partial<Target>;

const aac = {
	codec: 'aac',
	rates: [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000],
	// A frame of 1,024 samples holds at most 6,144 bits (ISO/IEC 14496-3).
	bitrates: rate => [8000, rate * 6],
	quality: speechBitrate,
} satisfies Partial<Target>;

const oggPages = ['-page_duration', '40000'];

const targets: Readonly<Record<TranscodeTarget, Target>> = {
	mp3: {
		codec: 'libmp3lame',
		container: 'mp3',
		rates: [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000],
		// MPEG-2.5, MPEG-2 and MPEG-1 (ISO/IEC 11172-3, 13818-3).
		bitrates: rate => (rate < 16_000 ? [8000, 64_000] : rate < 32_000 ? [8000, 160_000] : [32_000, 320_000]),
		quality: speechBitrate,
	},
	opus: {...opus, container: 'ogg', pipe: oggPages},
	aac: {...aac, container: 'adts'},
	m4a: {
		...aac,
		container: 'ipod',
		pipe: ['-movflags', '+frag_keyframe+empty_moov+default_base_moof', '-frag_duration', '100000'],
		file: ['-movflags', '+faststart'],
	},
	flac: {codec: 'flac', container: 'flac', quality: () => ['-sample_fmt', 's16']},
	ogg: {
		codec: 'libvorbis',
		container: 'ogg',
		bitrates: vorbisBitrates,
		quality: () => ['-q:a', '5'],
		pipe: oggPages,
	},
	webm: {...opus, container: 'webm', pipe: ['-cluster_time_limit', '100']},
	wav: {codec: 'pcm_s16le', container: 'wav', file: ['-rf64', 'auto']},
};

/** Throws OPTION_INVALID, which lists the targets. */
export function targetNamed(name: string): Target {
	const known = names.find(candidate => candidate === name);
	if (known) return targets[known];
	throw new SpeechError(
		'OPTION_INVALID',
		`The target is ${JSON.stringify(name)}; it must be one of ${names.join(', ')}, or a function.`,
	);
}

/** The rate in Hz nearest to `rate` that loses nothing, or the highest that there is. */
export function outputRate({rates = []}: Target, rate: number): number {
	return rates.find(candidate => candidate >= rate) ?? rates.at(-1) ?? rate;
}

/** Throws OPTION_INVALID, which names the range, unless the target takes `bitrate` at an output rate in Hz. */
export function checkBitrate({bitrates, codec}: Target, bitrate: unknown, rate: number): void {
	if (bitrate === undefined) return;
	if (!bitrates) throw new SpeechError('OPTION_INVALID', `bitrate is of no use for ${codec}: leave it out.`);
	const [min, max] = bitrates(rate);
	if (typeof bitrate === 'number' && Number.isInteger(bitrate) && bitrate >= min && bitrate <= max) return;
	throw new SpeechError(
		'OPTION_INVALID',
		`bitrate is ${JSON.stringify(bitrate) ?? String(bitrate)}; for ${codec} at ${rate} Hz it must be a whole number of bits per second from ${min} to ${max}.`,
	);
}

/** Constant bitrates at which one voice is clean. */
function speechBitrate(rate: number): readonly string[] {
	return ['-b:a', rate < 16_000 ? '32000' : rate <= 24_000 ? '64000' : '96000'];
}

/** Measured: outside of these libvorbis refuses to start. */
function vorbisBitrates(rate: number): readonly [number, number] {
	if (rate < 9000) return [8000, 42_000];
	if (rate < 15_000) return [12_000, 50_000];
	if (rate < 19_000) return [16_000, 100_000];
	if (rate < 26_000) return [16_000, 90_000];
	return rate < 40_000 ? [30_000, 190_000] : [32_000, 240_000];
}
