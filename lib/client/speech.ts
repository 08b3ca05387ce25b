import {abortError} from '../errors.js';
import type {Flush, SpeechEvent} from '../synthesizer.js';
import {follow, waitFor} from '../waiting.js';
import type {InputMessage} from '../wire/messages.js';
import {EventQueue} from './event-queue.js';
import {Generation, type Outcome} from './generation.js';
import type {Pool} from './pool.js';
import {attemptsOf, backoff, type ReconnectOptions} from './reconnect.js';
import type {ResumePoint} from './resume.js';
import {TextSource} from './text-source.js';
import {Pace, Window} from './window.js';

export interface SpeechSettings {
	readonly pool: Pool;
	/** Gives a new generation's id. */
	readonly nextId: () => string;
	/** What the first message of each generation says. */
	readonly opening: InputMessage;
	/** UTF-16 units that are spoken first. */
	readonly firstUtterance: number | undefined;
	/** Hz. */
	readonly sampleRate: number;
	readonly words: boolean;
	readonly timing: 'exact' | 'estimated';
	/** BCP 47 tag, for the client's segmenter. */
	readonly language: string | undefined;
	/** Seconds of unread audio. */
	readonly window: number;
	/** ms; see `Generation`. */
	readonly textIdle: number;
	readonly silence: number;
	readonly reconnect: ReconnectOptions;
	readonly signal: AbortSignal | undefined;
}

/** One `speak`: generation after generation, each going on where the one before finished, was flushed, or lost its socket. */
export async function* speakRemotely(
	text: AsyncIterable<string | Flush>,
	settings: SpeechSettings,
): AsyncGenerator<SpeechEvent, void> {
	const work = new AbortController();
	const {signal} = work;
	const unfollow = follow(work, settings.signal);
	const out = new EventQueue();
	const source = new TextSource(text);
	run(source, out, settings, signal).then(
		() => out.end(),
		error => out.fail(error),
	);
	try {
		for await (const event of out) {
			signal.throwIfAborted();
			yield event;
		}
	} finally {
		unfollow();
		work.abort(abortError('the speech was given up'));
		source.close();
	}
}

async function run(
	source: TextSource,
	out: EventQueue,
	settings: SpeechSettings,
	signal: AbortSignal,
): Promise<void> {
	const pace = new Pace();
	let point: ResumePoint = {textStart: 0, sampleStart: 0};
	let fruitless = 0;
	/** The last generation did not finish: even without text left, the end must come from a `finished`. */
	let owed = false;
	for (;;) {
		const start = point.textStart;
		const piece = await waitFor(source.next(start, start), signal);
		if (piece === 'end' && !owed) return;
		const before = out.samples;
		const outcome: Outcome = await generate({source, out, pace, point, settings, signal});
		point = outcome.point;
		owed = outcome.how !== 'finished';
		fruitless = !owed || out.samples > before ? 0 : fruitless + 1;
		if (outcome.error && fruitless >= attemptsOf(settings.reconnect)) throw outcome.error;
		if (outcome.how === 'refused') await pause(backoff(fruitless, settings.reconnect), signal);
	}
}

interface Turn {
	readonly source: TextSource;
	readonly out: EventQueue;
	readonly pace: Pace;
	readonly point: ResumePoint;
	readonly settings: SpeechSettings;
	readonly signal: AbortSignal;
}

/** Speaks on from a point as far as one generation goes. */
async function generate({source, out, pace, point, settings, signal}: Turn): Promise<Outcome> {
	const {pool, nextId, opening, sampleRate, words, timing, language, textIdle, silence} = settings;
	const firstUtterance = point.begun?.length ?? (point.textStart === 0 ? settings.firstUtterance : undefined);
	const connection = await pool.acquire(signal);
	try {
		const unread = () => out.unread;
		const window = new Window({seconds: settings.window, sampleRate, language, unread, pace});
		const first = firstUtterance === undefined ? opening : {...opening, firstUtterance};
		const id = nextId();
		return await new Generation({
			id,
			connection,
			point,
			source,
			window,
			out,
			first,
			sampleRate,
			words,
			timing,
			textIdle,
			silence,
			signal,
		}).run();
	} finally {
		connection.release();
	}
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
	await waitFor(new Promise<never>(() => {}), signal, ms);
}
