/**
 * Where words begin among pieces of the same speech, told in another way: gives the index of each word's first piece. `heard` are the
 * words as far as they were told, `pieces` all that is said, where tones, lengths and the like may have come in between. By the least
 * edit distance of the letters (Levenshtein); a word of which no letter is found begins where the next does.
 */
export function alignWords(heard: readonly string[], pieces: readonly string[]): number[] {
	const letters = lettersOf(heard);
	const said = lettersOf(pieces);
	const found = new Map<number, number>();
	for (const [from, to] of matches(letters, said)) {
		const word = letters[from]?.of ?? 0;
		if (!found.has(word)) found.set(word, said[to]?.of ?? 0);
	}
	const starts: number[] = [];
	for (let word = heard.length - 1; word >= 0; word--) {
		starts.unshift(word === 0 ? 0 : (found.get(word) ?? starts[0] ?? pieces.length));
	}
	return starts;
}

interface Letter {
	readonly letter: string;
	/** Index of the string that it stands in. */
	readonly of: number;
}

function lettersOf(strings: readonly string[]): Letter[] {
	return strings.flatMap((string, of) => Array.from(string, letter => ({letter, of})));
}

/** Pairs of equal letters on the cheapest way through both, in order. */
function matches(from: readonly Letter[], to: readonly Letter[]): Array<readonly [number, number]> {
	const width = to.length + 1;
	/** Of the way from a place in both to their ends. */
	const costs = new Uint16Array((from.length + 1) * width);
	const cost = (row: number, column: number) => costs[row * width + column] ?? 0;
	const isSame = (row: number, column: number) => from[row]?.letter === to[column]?.letter;
	for (let row = from.length; row >= 0; row--) {
		for (let column = to.length; column >= 0; column--) {
			const rest = [from.length - row, to.length - column] as const;
			costs[row * width + column] = rest.includes(0)
				? rest[0] + rest[1]
				: isSame(row, column)
					? cost(row + 1, column + 1)
					: 1 + Math.min(cost(row + 1, column), cost(row, column + 1), cost(row + 1, column + 1));
		}
	}
	const pairs: Array<readonly [number, number]> = [];
	for (let [row, column] = [0, 0]; row < from.length && column < to.length; ) {
		const step = cost(row, column) - 1;
		if (isSame(row, column)) pairs.push([row++, column++]);
		else if (cost(row, column + 1) === step) column++;
		else if (cost(row + 1, column) === step) row++;
		else [row, column] = [row + 1, column + 1];
	}
	return pairs;
}
