import {SpeechError} from '../errors.js';
import type {Flush, SpeakOptions, SpeechEvent, Synthesizer, Voice, VoiceChoice} from '../synthesizer.js';
import {follow, leave, waitFor} from '../waiting.js';
import {moved} from './moved.js';

/** What one voice says of a dialogue; what it leaves out is as for the whole. */
export interface DialogueLine extends VoiceChoice, Pick<SpeakOptions, 'speed' | 'pitch' | 'volume'> {
	/** What is said. */
	readonly text: string;
}

/** Stands between the lines: a line end, after which every voice pauses as after a sentence. */
const lineEnd = '\n';

/** All the text of a dialogue: what the offsets of its events count in. */
export function dialogueText(lines: readonly DialogueLine[]): string {
	return lines.map(({text}) => text).join(lineEnd);
}

/**
 * A Synthesizer whose `speak` says the lines, one after the other, each by its voice, as one speech: the text that it is given
 * must be `dialogueText(lines)`, which is what positions count in. An unknown voice or an option out of its range, of
 * any line, fails it before the first sound, wherever the synthesizer under it tells so before it reads text.
 */
export class Dialogue implements Synthesizer {
	readonly name: string;
	readonly #synthesizer: Synthesizer;
	readonly #lines: readonly DialogueLine[];

	/** Closing it closes nothing: `synthesizer` stays its owner's. */
	constructor(synthesizer: Synthesizer, lines: readonly DialogueLine[]) {
		this.name = synthesizer.name;
		this.#synthesizer = synthesizer;
		this.#lines = lines;
	}

	voices(): Promise<readonly Voice[]> {
		return this.#synthesizer.voices();
	}

	/** That of the first line's voice. */
	nativeRate(choice: VoiceChoice): number | undefined {
		return this.#synthesizer.nativeRate?.(voiceOf(this.#lines[0], choice));
	}

	async *speak(text: AsyncIterable<string | Flush>, options: SpeakOptions): AsyncGenerator<SpeechEvent> {
		const work = new AbortController();
		const {signal} = work;
		const unfollow = follow(work, options.signal);
		const last = this.#lines.length - 1;
		const turns = this.#lines.map((line, index) => {
			const text = index < last ? line.text + lineEnd : line.text;
			return new DialogueTurn(this.#synthesizer, {...line, text}, index, {...options, signal});
		});
		try {
			// What is taken is known already: it is what the lines say.
			for await (const _ of text);
			await Promise.all(turns.map(turn => waitFor(turn.admitted, signal)));
			yield* speakTurns(turns, signal);
		} finally {
			unfollow();
			work.abort();
			for (const turn of turns) turn.leave();
		}
	}

	async close(): Promise<void> {}
}

async function* speakTurns(turns: readonly DialogueTurn[], signal: AbortSignal): AsyncGenerator<SpeechEvent> {
	let textBase = 0;
	let sampleBase = 0;
	let failure: unknown;
	for (const [index, turn] of turns.entries()) {
		turn.begin();
		let samples = 0;
		try {
			for (;;) {
				const {done, value: event} = await waitFor(turn.next(), signal);
				if (done) break;
				// The next one is made while this one is listened to.
				if (event.type === 'audio') turns[index + 1]?.begin();
				if (event.type === 'audio') samples += event.pcm.length / 2;
				yield moved(event, textBase, sampleBase);
			}
		} catch (error) {
			// Others may have something to say: only where nobody has is it an error of the whole.
			if (!(error instanceof SpeechError) || error.code !== 'TEXT_NOT_SPEAKABLE') throw error;
			failure ??= error;
		}
		textBase += turn.length;
		sampleBase += samples;
	}
	if (sampleBase === 0 && failure) throw failure;
}

/** One line on its way: opened at once, so that its voice is known to be there, and spoken when its turn has come. */
class DialogueTurn {
	/** UTF-16 units. */
	readonly length: number;
	/** Settles once the synthesizer asks for the text, and rejects where it refuses to speak it. */
	readonly admitted: Promise<unknown>;
	/** Lets the text go. */
	readonly begin: () => void;
	readonly #events: AsyncIterator<SpeechEvent>;
	readonly #number: number;
	#first: Promise<IteratorResult<SpeechEvent>> | undefined;

	constructor(synthesizer: Synthesizer, line: DialogueLine, index: number, options: SpeakOptions) {
		const {text, speed = options.speed, pitch = options.pitch, volume = options.volume} = line;
		const begun = deferred();
		const asked = deferred();
		this.begin = begun.resolve;
		const gated = async function* () {
			asked.resolve();
			await begun.promise;
			yield text;
		};
		this.length = text.length;
		this.#number = index + 1;
		const speakOptions = {...options, ...voiceOf(line, options), speed, pitch, volume};
		this.#events = synthesizer.speak(gated(), speakOptions)[Symbol.asyncIterator]();
		this.#first = this.#pull();
		this.#first.catch(() => {});
		this.admitted = Promise.race([asked.promise, this.#first]);
		// Whoever waits for it hears of it; before the text is there nobody does.
		this.admitted.catch(() => {});
	}

	next(): Promise<IteratorResult<SpeechEvent>> {
		const next = this.#first ?? this.#pull();
		this.#first = undefined;
		return next;
	}

	leave(): void {
		leave(this.#events);
	}

	async #pull(): Promise<IteratorResult<SpeechEvent>> {
		try {
			return await this.#events.next();
		} catch (error) {
			if (!(error instanceof SpeechError)) throw error;
			throw new SpeechError(error.code, `Line ${this.#number}: ${error.message}`, {cause: error});
		}
	}
}

/** A line that says whose voice it is says all of it. */
function voiceOf(line: DialogueLine | undefined, {voiceId, language}: VoiceChoice): VoiceChoice {
	if (line?.voiceId === undefined && line?.language === undefined) return {voiceId, language};
	return {voiceId: line.voiceId, language: line.language};
}

function deferred(): {promise: Promise<void>; resolve: () => void} {
	let resolve = () => {};
	const promise = new Promise<void>(settle => {
		resolve = settle;
	});
	return {promise, resolve};
}
