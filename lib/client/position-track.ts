import {SpeechError} from '../errors.js';
import type {UtterancePosition, WordTimestamp} from '../wire/messages.js';
import {type ResumePoint, resumeImpossible, type Track, type TrackHost} from './resume.js';
import {findWord} from './word-finder.js';

/** An utterance under way; positions of the generation. */
interface Current extends Pick<UtterancePosition, 'textStart' | 'textEnd' | 'startSample'> {
	/** Words that came for it. */
	words: number;
	/** Samples and words of it that an earlier generation delivered. */
	readonly had: {readonly samples: number; readonly words: number};
}

const nothing = {samples: 0, words: 0};

/** Follows a server that announces its utterances: what was lost is spoken again from the start of an utterance, less what came of it. */
export class PositionTrack implements Track {
	readonly #host: TrackHost;
	readonly #from: ResumePoint;
	/** Samples that came. */
	#received = 0;
	/** Text up to here is complete. */
	#covered = 0;
	#current: Current | undefined;
	#begun: ResumePoint['begun'];
	/** Where the next word is looked for. */
	#wordsFrom = 0;

	constructor(host: TrackHost, from: ResumePoint) {
		this.#host = host;
		this.#from = from;
		this.#begun = from.begun;
	}

	get keepFrom(): number {
		return this.#from.textStart + this.#covered;
	}

	utterance(position: UtterancePosition): void {
		if (position.unspoken !== undefined) this.#leftOut(position, position.unspoken);
		else {
			if (this.#current === undefined) this.#start(position);
			if (position.endSample !== undefined) this.#end(position.endSample);
		}
	}

	words(words: readonly WordTimestamp[]): void {
		for (const word of words) this.#word(word);
	}

	audio(pcm: Buffer): void {
		const {had, startSample} = this.#open('audio');
		const skipped = Math.max(0, had.samples - (this.#received - startSample));
		this.#received += pcm.length / 2;
		if (skipped * 2 < pcm.length) this.#host.emit({type: 'audio', pcm: pcm.subarray(skipped * 2)});
	}

	finish(): ResumePoint {
		const textStart = this.#from.textStart + this.#covered;
		if (this.#current || textStart < this.#host.sent()) {
			throw new SpeechError(
				'REMOTE_PROTOCOL',
				`The server finished with ${this.#host.sent() - textStart} characters neither spoken nor named as unspoken.`,
			);
		}
		return this.resume();
	}

	resume(): ResumePoint {
		const {textStart, sampleStart} = this.#from;
		const current = this.#current;
		if (current) {
			const begun = {
				length: current.textEnd - current.textStart,
				samples: Math.max(current.had.samples, this.#received - current.startSample),
				words: Math.max(current.had.words, current.words),
			};
			return {
				textStart: textStart + current.textStart,
				sampleStart: sampleStart + current.startSample,
				begun,
			};
		}
		const point = {textStart: textStart + this.#covered, sampleStart: sampleStart + this.#received};
		return this.#begun ? {...point, begun: this.#begun} : point;
	}

	#start({textStart, textEnd, startSample}: UtterancePosition): void {
		this.#mustAdjoin(textStart, textEnd, startSample);
		const begun = this.#begun;
		this.#begun = undefined;
		if (begun && textEnd - textStart !== begun.length)
			throw this.#differs(`the server speaks ${textEnd - textStart} characters first, not ${begun.length}`);
		this.#current = {textStart, textEnd, startSample, words: 0, had: begun ?? nothing};
		this.#wordsFrom = textStart;
		// What was begun was announced then.
		if (!begun) this.#host.emit({type: 'utterance', ...this.#mapped(this.#current)});
	}

	#end(endSample: number): void {
		const current = this.#open('the end of an utterance');
		if (endSample !== this.#received)
			throw this.#violation(`an utterance ends at sample ${endSample}, after ${this.#received} were sent`);
		if (endSample - current.startSample < current.had.samples)
			throw this.#differs('the utterance is shorter now than before');
		this.#current = undefined;
		this.#covered = current.textEnd;
		const mapped = this.#mapped(current);
		this.#host.emit({type: 'utterance', ...mapped, endSample: this.#from.sampleStart + endSample});
		this.#host.spoken(mapped.textEnd);
	}

	#leftOut({textStart, textEnd, startSample}: UtterancePosition, reason: string): void {
		this.#mustAdjoin(textStart, textEnd, startSample);
		if (this.#begun) throw this.#differs('what was spoken before is left out now');
		this.#covered = textEnd;
		const mapped = this.#mapped({textStart, textEnd, startSample});
		this.#host.emit({type: 'unspoken', textStart: mapped.textStart, textEnd: mapped.textEnd, reason});
		this.#host.spoken(mapped.textEnd);
	}

	#word({word, startTime, endTime}: WordTimestamp): void {
		const current = this.#current;
		const end = current?.textEnd ?? this.#host.sent() - this.#from.textStart;
		const from = Math.max(this.#wordsFrom, this.#covered);
		const text = this.#host.text(this.#from.textStart + from, this.#from.textStart + end);
		const at = findWord(text, word, 0);
		if (current) current.words++;
		// A word that does not stand in the text has no place in it; positions tell where to go on all the same.
		if (at < 0) return;
		const textStart = this.#from.textStart + from + at;
		this.#wordsFrom = from + at + word.length;
		if (current && current.words <= current.had.words) return;
		const {sampleRate, timing} = this.#host;
		this.#host.emit({
			type: 'word',
			word,
			textStart,
			textEnd: textStart + word.length,
			startSample: this.#from.sampleStart + Math.round(startTime * sampleRate),
			endSample: this.#from.sampleStart + Math.round(endTime * sampleRate),
			timing,
		});
	}

	#open(what: string): Current {
		if (!this.#current) throw this.#violation(`${what} came without an utterance announced`);
		return this.#current;
	}

	#mustAdjoin(textStart: number, textEnd: number, startSample: number): void {
		const sent = this.#host.sent() - this.#from.textStart;
		const adjoins = textStart === this.#covered && textEnd > textStart && textEnd <= sent;
		if (adjoins && !this.#current && startSample === this.#received) return;
		throw this.#violation(
			`text ${textStart} to ${textEnd} of ${sent} at sample ${startSample} follows text up to ${this.#covered} and sample ${this.#received}`,
		);
	}

	#mapped({textStart, textEnd, startSample}: Pick<Current, 'textStart' | 'textEnd' | 'startSample'>) {
		return {
			textStart: this.#from.textStart + textStart,
			textEnd: this.#from.textStart + textEnd,
			startSample: this.#from.sampleStart + startSample,
		};
	}

	#differs(why: string): SpeechError {
		return resumeImpossible(this.#host, this.#from.textStart, `it cannot go on within an utterance: ${why}`);
	}

	#violation(why: string): SpeechError {
		return new SpeechError('REMOTE_PROTOCOL', `The server's positions do not fit: ${why}.`);
	}
}
