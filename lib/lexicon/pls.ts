/** The W3C's Pronunciation Lexicon Specification 1.0 (https://www.w3.org/TR/pronunciation-lexicon/). */
import {type SaxesAttributeNS, SaxesParser, type SaxesTagNS} from 'saxes';
import {entryProblem, type LexiconEntry} from './entries.js';

const namespace = 'http://www.w3.org/2005/01/pronunciation-lexicon';

/** What is wrong in a lexicon, and where: lines count from 1. */
export class LexiconProblem extends Error {
	readonly line: number | undefined;

	constructor(message: string, line: number | undefined) {
		super(message);
		this.line = line;
	}
}

/** One of the ways to say a lexeme: phonemes between slashes, or an alias. */
interface Pronunciation {
	readonly said: string;
	readonly prefer: boolean;
}

/**
 * The entries of a PLS document: of several pronunciations the one that is preferred, else the first; a lexeme with a `role` (for one
 * part of speech, say, of its homographs) only where none without one has its word, the first of them. Throws LexiconProblem: a
 * DOCTYPE, and with it every entity that XML does not define itself, is refused.
 */
export function parsePls(document: string): LexiconEntry[] {
	const reader = new PlsReader();
	const parser = new SaxesParser({xmlns: true});
	const problem = (message: string) => new LexiconProblem(message, parser.line);
	parser.on('error', ({message}) => {
		throw problem(message.replace(/^\S*?\d+:\d+: /, ''));
	});
	parser.on('doctype', () => {
		throw problem('a DOCTYPE is not read: it could declare entities.');
	});
	const guarded = <Argument>(step: (argument: Argument) => void) => {
		return (argument: Argument) => {
			const wrong = tried(() => step(argument));
			if (wrong !== undefined) throw problem(wrong);
		};
	};
	parser.on(
		'opentag',
		guarded(tag => reader.open(tag)),
	);
	parser.on('text', text => reader.text(text));
	parser.on('cdata', text => reader.text(text));
	parser.on(
		'closetag',
		guarded(tag => reader.close(tag)),
	);
	parser.write(document).close();
	return [...reader.entries, ...reader.homographs()];
}

function tried(step: () => void): string | undefined {
	try {
		step();
		return undefined;
	} catch (error) {
		if (error instanceof Error) return error.message;
		throw error;
	}
}

/** Follows the tags of a document. Throws Errors whose messages say what is wrong. */
class PlsReader {
	readonly entries: LexiconEntry[] = [];
	#language: string | undefined;
	#alphabet: string | undefined;
	#started = false;
	/** Of lexemes with a role, the first for each grapheme. */
	readonly #ofRoles = new Map<string, LexiconEntry>();
	#role = '';
	#graphemes: string[] = [];
	#pronunciations: Pronunciation[] = [];
	#text = '';
	#attributes: Readonly<Record<string, SaxesAttributeNS>> = {};

	/** What only lexemes with a role tell. */
	homographs(): LexiconEntry[] {
		const told = new Set(this.entries.map(({grapheme}) => grapheme));
		return [...this.#ofRoles.values()].filter(({grapheme}) => !told.has(grapheme));
	}

	open({local, uri, attributes}: SaxesTagNS): void {
		if (!this.#started) {
			if (local !== 'lexicon' || uri !== namespace)
				throw new Error(`the root must be <lexicon xmlns="${namespace}">.`);
			this.#started = true;
			this.#language = attributes['xml:lang']?.value;
			this.#alphabet = attributes['alphabet']?.value;
			return;
		}
		if (uri !== namespace) return;
		if (local === 'lexeme') {
			[this.#graphemes, this.#pronunciations] = [[], []];
			this.#role = attributes['role']?.value.trim() ?? '';
		}
		this.#text = '';
		this.#attributes = attributes;
	}

	text(text: string): void {
		this.#text += text;
	}

	close({local, uri}: SaxesTagNS): void {
		if (uri !== namespace) return;
		const text = this.#text.trim().replace(/\s+/gu, ' ');
		const prefer = this.#attributes['prefer']?.value === 'true';
		if (local === 'grapheme') this.#graphemes.push(text);
		else if (local === 'alias') this.#pronunciations.push({said: text, prefer});
		else if (local === 'phoneme') this.#pronunciations.push({said: this.#phonemes(text), prefer});
		else if (local === 'lexeme') this.#end();
	}

	#phonemes(text: string): string {
		const alphabet = this.#attributes['alphabet']?.value ?? this.#alphabet;
		if (alphabet !== 'ipa')
			throw new Error(`phonemes are read in the alphabet ipa, not in ${alphabet ?? 'one without a name'}.`);
		return `/${text.replaceAll('/', '')}/`;
	}

	#end(): void {
		const chosen = this.#pronunciations.find(({prefer}) => prefer) ?? this.#pronunciations[0];
		if (this.#graphemes.length === 0) throw new Error('a lexeme has no grapheme.');
		if (chosen === undefined)
			throw new Error(`${JSON.stringify(this.#graphemes[0])} has neither a phoneme nor an alias.`);
		for (const grapheme of this.#graphemes) {
			const problem = entryProblem(grapheme, chosen.said);
			if (problem !== undefined) throw new Error(problem);
			const entry = {grapheme, said: chosen.said, language: this.#language};
			if (this.#role === '') this.entries.push(entry);
			else if (!this.#ofRoles.has(grapheme)) this.#ofRoles.set(grapheme, entry);
		}
	}
}
