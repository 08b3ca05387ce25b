import type {Skipped} from '../book.js';
import {countCharacters} from './count.js';
import {collapsed, type TreeNode, textOf} from './tree.js';

/** Of the beginning that is shown, in UTF-16 units. */
const excerptLength = 80;

/** Keeps the accounts of a source: what it holds, what of it is not read and why, what was odd. */
export class Audit {
	readonly skipped: Skipped[] = [];
	readonly warnings: string[] = [];
	#sourceCharacters = 0;

	get sourceCharacters(): number {
		return this.#sourceCharacters;
	}

	/** A document of the source. */
	count(root: TreeNode): void {
		this.#sourceCharacters += countCharacters(textOf(root));
	}

	/** A part of a document is not read. One without text is nothing to tell of, unless `always`. */
	skip(reason: string, file: string, text: string, {always = false} = {}): void {
		const characters = countCharacters(text);
		if (characters > 0 || always) this.skipped.push({file, excerpt: excerptOf(text), characters, reason});
	}

	/** Something that is no text of the source itself: an image's alternative text, a file that is missing. */
	miss(reason: string, file: string, what: string): void {
		this.skipped.push({file, excerpt: excerptOf(what), characters: 0, reason});
	}

	/** The accounts of a part of the source, whose files lie below `prefix`. */
	absorb(part: Audit, prefix: string): void {
		this.#sourceCharacters += part.sourceCharacters;
		for (const piece of part.skipped) this.skipped.push({...piece, file: `${prefix}/${piece.file}`});
		for (const warning of part.warnings) this.warn(`${prefix}: ${warning}`);
	}

	warn(warning: string): void {
		// One is enough of each; a broken book would fill the screen.
		if (!this.warnings.includes(warning)) this.warnings.push(warning);
	}
}

function excerptOf(text: string): string {
	const line = collapsed(text.slice(0, 20 * excerptLength));
	if (line.length <= excerptLength) return line;
	const cut = line.slice(0, excerptLength - 1);
	return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
