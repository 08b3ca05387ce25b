import {extname} from 'node:path';
import {SpeechError} from '../errors.js';

const wavExtensions = new Set(['wav', 'wave']);

/** Extensions of what only an encoder makes, and the target of `transcode` that makes it. */
const encoded: ReadonlyMap<string, string> = new Map([
	...['mp3', 'opus', 'ogg', 'aac', 'm4a', 'flac', 'webm'].map(name => [name, name] as const),
	['oga', 'ogg'],
	['mp4', 'm4a'],
]);

/**
 * What is wrong with writing a source into a file of that name: OPTION_INVALID where the source tells its `format`, as
 * `TTSTransform` does, and the extension names a container that this is not. Extensions unknown here take anything.
 */
export function unfitExtension(path: string, source: unknown): SpeechError | undefined {
	const kind = kindOf(source);
	const extension = extname(path).slice(1).toLowerCase();
	const target = encoded.get(extension);
	const isWav = wavExtensions.has(extension);
	if (!kind || (isWav ? kind === 'wav' : !target)) return undefined;
	const [what, ownName] = kind === 'wav' ? ['a WAV', '.wav'] : ['raw PCM without a header', '.pcm'];
	const remedy = target ? `put transcode('${target}') in between` : "give the TTSTransform {format: 'wav'}";
	return new SpeechError(
		'OPTION_INVALID',
		`${path} would be ${what}, which players do not expect under .${extension}: ${remedy}, or name the file ${ownName}.`,
	);
}

/** Whether a stream tells that it gives an `AudioFormat`, and of which kind. */
function kindOf(source: unknown): 'raw' | 'wav' | undefined {
	if (typeof source !== 'object' || source === null || !('format' in source)) return undefined;
	if (typeof source.format !== 'string') return undefined;
	if (/^wav(?::|$)/.test(source.format)) return 'wav';
	return /^(?:pcm_\w+|mulaw|alaw)$/.test(source.format) ? 'raw' : undefined;
}
