import {plain} from './plain.js';

/** Of a cell; what is longer is cut. */
const longestCell = 60;

/** Lines in columns, as wide as their longest cells. */
export function table(titles: readonly string[], rows: ReadonlyArray<readonly string[]>): string[] {
	const all = [titles, ...rows].map(row => row.map(cut));
	const widths = titles.map((_title, column) => Math.max(...all.map(row => row[column]?.length ?? 0)));
	return all.map(row =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	);
}

function cut(cell: string): string {
	const text = plain(cell);
	return text.length > longestCell ? `${text.slice(0, longestCell - 1)}…` : text;
}
