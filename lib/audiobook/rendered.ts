/** One utterance of a book to be made: the same request gives the same samples, so it is also what the cache's key is made of. */
export interface RenderRequest {
	/** What is spoken, at once. */
	readonly text: string;
	/** Who speaks it. */
	readonly voiceId: string;
	/** Hz. */
	readonly sampleRate: number;
	/** Factor on the speed of speech; 1 is normal. */
	readonly speed: number;
}

/** A word of an utterance: offsets into its text (UTF-16 units), positions in its audio (samples). */
export interface RenderedWord {
	/** Where it begins in the utterance's text. */
	readonly textStart: number;
	/** Past its last unit. */
	readonly textEnd: number;
	/** Its first sample. */
	readonly startSample: number;
	/** Past its last sample. */
	readonly endSample: number;
	/** An estimate is never passed off as exact. */
	readonly timing: 'exact' | 'estimated';
}

/** What was made of an utterance. */
export interface Rendered {
	/** s16le mono at the request's rate, no pause behind it. */
	readonly pcm: Buffer;
	/** In order. */
	readonly words: readonly RenderedWord[];
	/** Parts of the text that the voice could not speak, blanks not counted. */
	readonly unspoken: ReadonlyArray<{
		readonly textStart: number;
		readonly textEnd: number;
		readonly reason: string;
	}>;
}

/** Makes utterances, here or on other machines. Throws `SpeechError`; whether to try again is the caller's affair. */
export interface Renderer {
	/** How many requests it works on side by side: more at once only wait. */
	readonly parallel: number;
	/** Names what decides the samples beside the request: engine, model's hash, runtime with its version, architecture. */
	fingerprint(voiceId: string): Promise<string>;
	/** Makes one utterance. Throws the signal's reason when nobody wants it any more. */
	render(request: RenderRequest, signal: AbortSignal): Promise<Rendered>;
	/** Lets go of what it holds; not of a synthesizer that it was given. Safe to call twice. */
	close(): Promise<void>;
}
