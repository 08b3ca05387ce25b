import PQueue from 'p-queue';
import {Channel} from '../channel.js';
import {SpeechError} from '../errors.js';
import {waitFor} from '../waiting.js';
import {cacheKey, type UtteranceCache} from './cache.js';
import type {PlannedUtterance} from './plan.js';
import type {Rendered, Renderer, RenderRequest} from './rendered.js';
import {isFatal, tryAgain} from './retry.js';

/** What became of an utterance. */
export type Outcome =
	| {readonly rendered: Rendered; readonly cached: boolean}
	| {readonly failure: SpeechError};

export interface RenderedUtterance {
	readonly utterance: PlannedUtterance;
	readonly outcome: Outcome;
}

export interface RenderOptions {
	readonly renderer: Renderer;
	readonly cache: UtteranceCache;
	/** By voice id. */
	readonly fingerprints: ReadonlyMap<string, string>;
	/** Hz. */
	readonly sampleRate: number;
	readonly speed: number;
	/** Attempts after the first. */
	readonly retries: number;
	/** What is in flight is finished and kept; then the signal's reason is thrown. */
	readonly signal: AbortSignal;
}

/** So many utterances in a row that fail show that the rest would, too. */
const mostFailures = 20;

/** More than the renderer works on, so that it never waits for the next. */
const ahead = 2;

/** How many utterances may be finished, or on their way, before the one that is read now. */
const window = (parallel: number) => 8 + 8 * parallel;

/**
 * Renders utterances side by side, those in the cache taken from there, and gives them in order. No more of them wait than the
 * window holds, however slow the reader is. Throws what makes going on useless.
 */
export async function* renderInOrder(
	utterances: Iterable<PlannedUtterance>,
	options: RenderOptions,
): AsyncGenerator<RenderedUtterance, void> {
	const {renderer, signal} = options;
	const queue = new PQueue({concurrency: renderer.parallel + ahead});
	const slots = new Channel<{utterance: PlannedUtterance; outcome: Promise<Outcome>}>(
		window(renderer.parallel),
	);
	const fill = async () => {
		for (const utterance of utterances) {
			if (slots.ended) return;
			const outcome = queue.add(() => renderOne(utterance, options));
			// Whoever reads it hears of it; there may be nobody any more.
			outcome.catch(() => {});
			await slots.send({utterance, outcome});
		}
	};
	fill().then(
		() => slots.end(),
		error => slots.fail(error),
	);
	let failuresInARow = 0;
	try {
		for (;;) {
			const next = await waitFor(slots.next(), signal);
			if (next.done) return;
			const outcome = await waitFor(next.value.outcome, signal);
			failuresInARow = 'failure' in outcome ? failuresInARow + 1 : 0;
			if ('failure' in outcome && failuresInARow >= mostFailures) throw tooMany(outcome.failure);
			yield {utterance: next.value.utterance, outcome};
		}
	} finally {
		slots.close();
		queue.clear();
		await queue.onIdle();
	}
}

/** The key of an utterance in the cache. */
export function keyOf(
	utterance: PlannedUtterance,
	{fingerprints, sampleRate, speed}: Pick<RenderOptions, 'fingerprints' | 'sampleRate' | 'speed'>,
): string {
	const fingerprint = fingerprints.get(utterance.voiceId) ?? '';
	return cacheKey(requestFor(utterance, sampleRate, speed), fingerprint);
}

function requestFor({text, voiceId}: PlannedUtterance, sampleRate: number, speed: number): RenderRequest {
	return {text, voiceId, sampleRate, speed};
}

async function renderOne(utterance: PlannedUtterance, options: RenderOptions): Promise<Outcome> {
	const {renderer, cache, sampleRate, speed, retries, signal} = options;
	const key = keyOf(utterance, options);
	const found = await cache.get(key);
	if (found) return {rendered: found, cached: true};
	// Of its own: what is in flight is finished even where the book is stopped.
	const work = new AbortController();
	try {
		const rendered = await tryAgain(
			() => speak(renderer, requestFor(utterance, sampleRate, speed), work.signal),
			{retries, signal},
		);
		await cache.put(key, rendered);
		return {rendered, cached: false};
	} catch (error) {
		if (isFatal(error)) throw error;
		// What is not fatal is a SpeechError.
		return {failure: error as SpeechError};
	}
}

/** What has letters or digits must be heard; a row of asterisks need not be. Throws TEXT_NOT_SPEAKABLE. */
async function speak(renderer: Renderer, request: RenderRequest, signal: AbortSignal): Promise<Rendered> {
	const {text, voiceId} = request;
	const hasWords = /[\p{L}\p{N}]/u.test(text);
	try {
		const rendered = await renderer.render(request, signal);
		if (rendered.pcm.length > 0 || !hasWords) return rendered;
		const reason = rendered.unspoken[0]?.reason ?? 'the voice found nothing to say in it';
		throw new SpeechError(
			'TEXT_NOT_SPEAKABLE',
			`Nothing in the text could be spoken by ${voiceId}: ${reason}.`,
		);
	} catch (error) {
		if (hasWords || !(error instanceof SpeechError) || error.code !== 'TEXT_NOT_SPEAKABLE') throw error;
		const reason = 'there is nothing to say here: no letter, no digit';
		return {pcm: Buffer.alloc(0), words: [], unspoken: [{textStart: 0, textEnd: text.length, reason}]};
	}
}

function tooMany(last: SpeechError): SpeechError {
	return new SpeechError(
		last.code,
		`${mostFailures} utterances in a row failed, the last for this reason: ${last.message}`,
		{cause: last},
	);
}
