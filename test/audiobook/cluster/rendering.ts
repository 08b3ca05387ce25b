import type {Rendered, Renderer, RenderRequest} from '../../../lib/audiobook/rendered.js';

export interface ToneOptions {
	/** Hz of what it makes of every text; another tone is another voice's sample. */
	readonly pitch?: number;
	readonly fingerprint?: string;
	/** Waits before each rendering, until it settles. */
	readonly hold?: (request: RenderRequest) => Promise<void>;
}

/** A renderer that needs no engine: a tone as long as the text, its first word with times. */
export function toneRenderer({pitch = 440, fingerprint = 'tone', hold}: ToneOptions = {}): Renderer & {
	readonly rendered: string[];
} {
	const rendered: string[] = [];
	return {
		parallel: 2,
		rendered,
		fingerprint: async voiceId => `${fingerprint} ${voiceId}`,
		async render(request, signal) {
			await hold?.(request);
			signal.throwIfAborted();
			rendered.push(request.text);
			return tone(request, pitch);
		},
		async close() {},
	};
}

export function tone({text, sampleRate, speed}: RenderRequest, pitch = 440): Rendered {
	const samples = Math.round((text.length * sampleRate) / 100 / speed);
	const pcm = Buffer.alloc(samples * 2);
	for (let index = 0; index < samples; index++)
		pcm.writeInt16LE(Math.round(8000 * Math.sin((index * 2 * Math.PI * pitch) / sampleRate)), index * 2);
	const textEnd = /^\w+/.exec(text)?.[0].length ?? 0;
	const word = {textStart: 0, textEnd, startSample: 0, endSample: samples, timing: 'exact'} as const;
	return {pcm, words: textEnd > 0 ? [word] : [], unspoken: []};
}

export function request(text = 'A line of the text.'): RenderRequest {
	return {text, voiceId: 'tone', sampleRate: 8000, speed: 1};
}

export function requests(count: number, name = 'Line'): RenderRequest[] {
	return Array.from({length: count}, (_, index) => request(`${name} ${index} of the text.`));
}

/** A signal that nobody aborts. */
export const never = new AbortController().signal;
