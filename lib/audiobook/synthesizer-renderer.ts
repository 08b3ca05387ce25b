import {availableParallelism} from 'node:os';
import {SpeechError} from '../errors.js';
import type {SpeakOptions, Synthesizer} from '../synthesizer.js';
import type {Rendered, RenderedWord, Renderer, RenderRequest} from './rendered.js';
import {findVoice} from './voices.js';

/** Of `synthesizerRenderer`; all of it is optional. */
export interface SynthesizerRendererOptions {
	/** How many utterances are spoken side by side; one for each processor by default. */
	readonly concurrency?: number | undefined;
}

const noPauses = {clause: 0, sentence: 0, paragraph: 0};

/** Makes utterances with any Synthesizer: one `speak` each. Closing it closes the synthesizer. */
export function synthesizerRenderer(
	synthesizer: Synthesizer,
	{concurrency = availableParallelism()}: SynthesizerRendererOptions = {},
): Renderer {
	/** A server cannot be told of pauses; what it puts behind the speech is taken off again. */
	let takesPauses = true;

	return {
		parallel: concurrency,
		async fingerprint(voiceId) {
			if (synthesizer.fingerprint) return synthesizer.fingerprint(voiceId);
			return JSON.stringify([synthesizer.name, await findVoice(synthesizer, {voiceId})]);
		},
		async render(request, signal) {
			const options: SpeakOptions = {
				voiceId: request.voiceId,
				sampleRate: request.sampleRate,
				speed: request.speed === 1 ? undefined : request.speed,
				firstUtterance: request.text.length,
				signal,
			};
			if (takesPauses) {
				try {
					return await speakOne(synthesizer, request, {...options, pauses: noPauses, deadline: Infinity});
				} catch (error) {
					if (!(error instanceof SpeechError) || error.code !== 'VOICE_LACKS') throw error;
				}
			}
			const rendered = await speakOne(synthesizer, request, options);
			takesPauses = false;
			return {...rendered, pcm: withoutSilentTail(rendered)};
		},
		close: () => synthesizer.close(),
	};
}

async function speakOne(
	synthesizer: Synthesizer,
	{text}: RenderRequest,
	options: SpeakOptions,
): Promise<Rendered> {
	const pcm: Buffer[] = [];
	const words: RenderedWord[] = [];
	const unspoken: Array<Rendered['unspoken'][number]> = [];
	for await (const event of synthesizer.speak(once(text), options)) {
		if (event.type === 'audio') pcm.push(event.pcm);
		else if (event.type === 'word') {
			const {textStart, textEnd, startSample, endSample, timing} = event;
			words.push({textStart, textEnd, startSample, endSample, timing});
		} else if (event.type === 'unspoken' && event.reason !== 'blank') {
			const {textStart, textEnd, reason} = event;
			unspoken.push({textStart, textEnd, reason});
		}
	}
	const [first] = pcm;
	return {pcm: first && pcm.length === 1 ? first : Buffer.concat(pcm), words, unspoken};
}

async function* once(text: string): AsyncGenerator<string> {
	yield text;
}

/** Zeros at the end are the pause, unless a word reaches into them. */
function withoutSilentTail({pcm, words}: Rendered): Buffer {
	const least = 2 * Math.max(0, ...words.map(({endSample}) => endSample));
	let end = pcm.length;
	while (end > least && pcm[end - 1] === 0 && pcm[end - 2] === 0) end -= 2;
	return pcm.subarray(0, end);
}
