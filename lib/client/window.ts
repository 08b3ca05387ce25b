import {Segmenter} from '../text/segmenter.js';

/** Longest utterance, in UTF-16 units, by the client's own segmenter: engines end theirs there or before. */
const maxUtterance = 400;
/** With fewer utterances on their way the server may wait for what follows the last one. */
const leastOnTheWay = 2;

/** How long text takes to say: fifteen UTF-16 units a second at first, then what was heard. One for a whole `speak`. */
export class Pace {
	#units = 30;
	#seconds = 2;

	get secondsPerUnit(): number {
		return this.#seconds / this.#units;
	}

	learn(units: number, seconds: number): void {
		this.#units += units;
		this.#seconds += seconds;
	}
}

export interface WindowOptions {
	/** Audio that may wait unread, in seconds. */
	readonly seconds: number;
	readonly sampleRate: number;
	/** BCP 47 tag. */
	readonly language: string | undefined;
	/** Samples that wait for the reader. */
	readonly unread: () => number;
	readonly pace: Pace;
}

/**
 * How much of a generation's text may be sent: the protocol has no flow control, so audio not asked for yet is kept from
 * being made by not sending its text. While the window is open text passes as it comes; it closes only where an utterance
 * ends, since the server would speak half a sentence as a whole one after a pause. Offsets are UTF-16 units of this generation.
 */
export class Window {
	readonly #options: WindowOptions;
	// A clause ends an utterance only for a server that knows what follows it: the client never stops there.
	readonly #segmenter: Segmenter;
	#seen = 0;
	#sent = 0;
	#spoken = 0;
	/** Samples of what is being spoken. */
	#partial = 0;
	/** Ends of utterances that were seen but not spoken. */
	#ends: number[] = [];

	constructor(options: WindowOptions) {
		this.#options = options;
		this.#segmenter = new Segmenter({
			language: options.language,
			maxLength: maxUtterance,
			firstClause: Infinity,
		});
	}

	/** Text that waits to be sent. */
	push(text: string): void {
		this.#seen += text.length;
		for (const {end} of this.#segmenter.push(text)) this.#ends.push(end);
	}

	/** Offset up to which text may be sent now; what was seen up to there counts as sent. */
	pass(): number {
		while (this.#sent < this.#seen) {
			if ((this.#sent === 0 || this.#ends.includes(this.#sent)) && !this.#open) break;
			this.#sent = this.#ends.find(end => end > this.#sent) ?? this.#seen;
		}
		return this.#sent;
	}

	/** So many samples came. */
	arrived(samples: number): void {
		this.#partial += samples;
	}

	/** The audio of the text up to here has come. */
	spoken(textEnd: number): void {
		if (textEnd <= this.#spoken) return;
		this.#options.pace.learn(textEnd - this.#spoken, this.#partial / this.#options.sampleRate);
		this.#spoken = textEnd;
		this.#partial = 0;
		// The end of what was spoken still matters: sending may stand there.
		this.#ends = this.#ends.filter(end => end >= Math.min(textEnd, this.#sent));
	}

	/** The reader has had all that came, and nothing more comes: what was sent has been spoken, or needs more text. */
	starved(): void {
		this.spoken(this.#sent);
	}

	get #open(): boolean {
		const {seconds, sampleRate, unread, pace} = this.#options;
		const waiting = unread() / sampleRate;
		if (waiting >= seconds) return false;
		const coming = (this.#sent - this.#spoken) * pace.secondsPerUnit - this.#partial / sampleRate;
		if (waiting + Math.max(0, coming) < seconds) return true;
		return this.#ends.filter(end => end > this.#spoken && end <= this.#sent).length < leastOnTheWay;
	}
}
