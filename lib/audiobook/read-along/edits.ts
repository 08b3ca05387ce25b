/** Changes to a text, all by offsets into the text as it was: what is not changed stays as it is, character for character. */
export class Edits {
	readonly #changes: Array<{readonly start: number; readonly end: number; readonly text: string}> = [];

	/** Of several insertions at one place, the first made comes first. */
	insert(at: number, text: string): void {
		this.#changes.push({start: at, end: at, text});
	}

	replace(start: number, end: number, text: string): void {
		this.#changes.push({start, end, text});
	}

	remove(start: number, end: number): void {
		this.replace(start, end, '');
	}

	apply(source: string): string {
		let [result, copied] = ['', 0];
		for (const {start, end, text} of this.#changes.toSorted(inOrder)) {
			// What lies within something that was replaced is gone with it.
			if (start < copied) continue;
			result += source.slice(copied, start) + text;
			copied = end;
		}
		return result + source.slice(copied);
	}
}

type Change = {readonly start: number; readonly end: number};

/** What is inserted comes before what is replaced behind it. */
function inOrder(a: Change, b: Change): number {
	return a.start - b.start || Number(a.end > a.start) - Number(b.end > b.start);
}
