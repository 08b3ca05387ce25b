import type {Engine, Piece, Utterance, UtteranceWord} from '../../lib/engines/engine.js';

/** An utterance as a whole. */
export interface Rendered {
	readonly samples: Int16Array;
	readonly words: readonly UtteranceWord[];
	/** The words as they stand in the text. */
	readonly spelled: readonly string[];
	readonly pieces: readonly Piece[];
}

/** Renders a text with an engine's voice; by default at the voice's own rate, nothing changed. */
export async function render(
	engine: Engine,
	text: string,
	{
		voiceId,
		signal,
		whole,
		...options
	}: Partial<Utterance> & {voiceId?: string; signal?: AbortSignal; whole?: boolean} = {},
): Promise<Rendered> {
	const voice = engine.voice({voiceId});
	if (!voice) throw new Error(`no voice ${voiceId}`);
	const utterance = {text, voice, sampleRate: voice.nativeRate, speed: 1, pitch: 1, volume: 1, ...options};
	const pieces: Piece[] = [];
	for await (const piece of engine.render(utterance, {deadline: performance.now(), signal, whole}))
		pieces.push(piece);
	const pcm = Buffer.concat(pieces.map(piece => piece.pcm));
	const words = pieces.flatMap(piece => piece.words);
	return {
		samples: new Int16Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + pcm.length)),
		words,
		spelled: words.map(({textStart, textEnd}) => text.slice(textStart, textEnd)),
		pieces,
	};
}

/** Root of the mean square, of full scale. */
export function level(samples: Int16Array, start = 0, end = samples.length): number {
	const span = samples.subarray(start, end);
	return Math.sqrt(span.reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0) / Math.max(1, span.length));
}
