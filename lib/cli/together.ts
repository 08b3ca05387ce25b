/** Gives a function that `count` callers wait with, until all of them do. */
export function together(count: number): () => Promise<void> {
	let missing = count;
	let open = () => {};
	const all = new Promise<void>(resolve => {
		open = resolve;
	});
	return () => {
		if (--missing === 0) open();
		return all;
	};
}
