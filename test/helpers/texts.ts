import {type Flush, flush} from '../../lib/synthesizer.js';

/** Text without end, as it comes: `taken` counts its pieces, `left` tells whether it was given up. */
export function endlessText(): {text: AsyncIterable<string>; taken: () => number; left: () => boolean} {
	let taken = 0;
	let left = false;
	const text = async function* () {
		try {
			for (;;) {
				taken++;
				yield 'All work and no play makes Jack a dull boy. ';
			}
		} finally {
			left = true;
		}
	};
	return {text: text(), taken: () => taken, left: () => left};
}

/** Text that is spoken so far, and then fails when it is told to. */
export function failingText(): {text: AsyncIterable<string | Flush>; fail: () => void} {
	let fail = () => {};
	const failed = new Promise<void>(resolve => {
		fail = resolve;
	});
	const text = async function* () {
		yield 'This is the beginning. ';
		yield flush;
		await failed;
		throw new Error('the model is gone');
	};
	return {text: text(), fail};
}

/** Waits until a count grows no more for a good while: all buffers on the way are full. */
export async function still(count: () => number): Promise<number> {
	for (let before = -1; before !== count(); ) {
		before = count();
		await new Promise(resolve => setTimeout(resolve, 300));
	}
	return count();
}
