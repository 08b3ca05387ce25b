import {columns, joinWords, layOut, lineWidth} from './lines.js';
import {boundary, type CaptionWord} from './punctuation.js';

/** What is shown at once. Cues follow one another, without overlap. */
export interface Cue {
	/** ms from the start of the audio, integers; `endMs` is greater. */
	readonly startMs: number;
	readonly endMs: number;
	readonly lines: readonly string[];
	readonly words: readonly CaptionWord[];
}

/** From Netflix's Timed Text Style Guide and the BBC's Subtitle Guidelines. */
const longestMs = 7000;
const shortestMs = 1000;
/** Two frames at 24 a second: without it, two cues look like one that changes. */
const gapMs = 83;
/** Gaps shorter than this flicker: the cue stays until the next. */
const chainMs = 500;
/** Columns read in a second; a cue stays that long where there is room. */
const readingSpeed = 20;
/** A sentence's end closes a cue that has this much already. */
const enoughMs = 2500;
/** A rest of fewer columns looks lost on its own. */
const orphanWidth = 12;

/**
 * Groups words into cues as they come: a cue is given as soon as what follows it is known, and no more words wait than
 * fit into one.
 */
export class CueBuilder {
	readonly #lines: 1 | 2;
	#waiting: CaptionWord[] = [];
	#endMs = 0;

	/** With at most `lines` lines a cue. */
	constructor(lines: 1 | 2) {
		this.#lines = lines;
	}

	/** Takes the next word; gives the cues that it completes. */
	add(word: CaptionWord): Cue[] {
		const cues: Cue[] = [];
		if (this.#closes()) cues.push(this.#take(this.#waiting.length, word));
		while (this.#waiting.length > 0 && !this.#fits([...this.#waiting, word])) {
			cues.push(this.#take(this.#bestCount(word), word));
		}
		this.#waiting.push(word);
		return cues;
	}

	/** Gives the last cue. */
	end(): Cue[] {
		return this.#waiting.length > 0 ? [this.#take(this.#waiting.length)] : [];
	}

	/** Whether what waits is a cue by itself: a paragraph's end, or enough that ends with a sentence. */
	#closes(): boolean {
		const last = this.#waiting.at(-1);
		if (last?.boundary === boundary.paragraph) return true;
		if (last?.boundary !== boundary.sentence) return false;
		return duration(this.#waiting) >= enoughMs || columns(joinWords(this.#waiting)) >= lineWidth;
	}

	#fits(words: readonly CaptionWord[]): boolean {
		return duration(words) <= longestMs && layOut(words, this.#lines) !== undefined;
	}

	/** How many of the waiting words make the best cue, when `next` does not fit with all of them. */
	#bestCount(next: CaptionWord): number {
		const room = lineWidth * this.#lines;
		let best = {count: 1, score: -Infinity};
		for (let count = 1; count <= this.#waiting.length; count++) {
			const taken = this.#waiting.slice(0, count);
			const rest = [...this.#waiting.slice(count), next];
			const restEnds = next.boundary >= boundary.sentence;
			const score =
				2 * (taken.at(-1)?.boundary ?? boundary.none) +
				3 * Math.max(columns(joinWords(taken)) / room, duration(taken) / longestMs) -
				(duration(taken) < shortestMs ? 3 : 0) -
				(restEnds && columns(joinWords(rest)) < orphanWidth ? 2 : 0);
			if (score >= best.score) best = {count, score};
		}
		return best.count;
	}

	#take(count: number, following?: CaptionWord): Cue {
		const words = this.#waiting.splice(0, count);
		const startMs = Math.max(this.#endMs, words[0]?.startMs ?? 0);
		const nextMs = (this.#waiting[0] ?? following)?.startMs;
		this.#endMs = endOf(startMs, words, nextMs);
		return {startMs, endMs: this.#endMs, words, lines: layOut(words, this.#lines) ?? [joinWords(words)]};
	}
}

function duration(words: readonly CaptionWord[]): number {
	return (words.at(-1)?.endMs ?? 0) - (words[0]?.startMs ?? 0);
}

/** A cue stays to the end of its speech, or longer where there is room before the next. */
function endOf(startMs: number, words: readonly CaptionWord[], nextMs: number | undefined): number {
	const spokenMs = Math.max(words.at(-1)?.endMs ?? 0, startMs + 1);
	const readMs = Math.round((columns(joinWords(words)) * 1000) / readingSpeed);
	const wantedMs = Math.max(spokenMs, startMs + Math.min(longestMs, Math.max(shortestMs, readMs)));
	if (nextMs === undefined) return Math.max(spokenMs, startMs + shortestMs);
	const roomMs = Math.max(nextMs - gapMs, Math.ceil((startMs + nextMs) / 2), startMs + 1);
	const chainedMs = roomMs - wantedMs < chainMs ? Math.max(wantedMs, startMs + longestMs) : wantedMs;
	return Math.min(roomMs, chainedMs);
}
